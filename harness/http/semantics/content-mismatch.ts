import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { isHtml, isJson } from '../grammar/media-type.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { isWhole, mediaTypeOf } from '../page.ts'

const json = rule({
  id: 'http/content-mismatch-json',
  level: 'error',
  reference: rfc(8259, '2'),
  says: (e: { type: string; why: string }) => `The content says it is ${e.type} and does not parse: ${e.why}.`,
  wants: 'Content of a JSON type is JSON.',
  remedy: 'Look for output before or after it, or an error page under the type of the page.',
})

const magic = rule({
  id: 'http/content-mismatch-magic',
  level: 'warning',
  reference: document('MIME Sniffing Standard', 'https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern'),
  says: (e: { type: string; looksLike: string }) =>
    `The content says it is ${e.type} and begins as ${e.looksLike} does.`,
  wants: 'Content is of the type that it says.',
  remedy: 'Correct the type, or find out who replaces the content.',
  aka: { redbot: 'CONTENT_TYPE_MISMATCH' },
})

const magicOther = rule({
  id: 'http/content-mismatch-magic-other',
  level: 'warning',
  reference: document('MIME Sniffing Standard', 'https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern'),
  says: (e: { type: string; looksLike: string }) =>
    `The content says it is ${e.type} and begins as ${e.looksLike} does.`,
  wants: 'The content is what Content-Type says.',
  remedy: 'Look for an error page behind a wrong type, or correct Content-Type.',
})

const signatures: readonly (readonly [type: string, start: RegExp])[] = [
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[^]{4}WEBPVP/],
  ['application/pdf', /^%PDF-/],
  ['application/zip', /^PK\x03\x04/],
  ['text/html', /^\s*<(?:!doctype html|html)[\s>]/i],
]

const signed = new Set(signatures.map(([type]) => type).filter((type) => type !== 'application/zip'))
// Past this length parsing would cost more than it tells.
const largestJson = 1024 * 1024

const images = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

const unlike = rule({
  id: 'http/content-mismatch-image',
  level: 'warning',
  reference: document(
    'WHATWG MIME Sniffing section 6.1',
    'https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern',
  ),
  says: (e: { type: string }) => `The content says ${e.type}, and does not begin as one.`,
  wants: 'The content is of the type that it claims.',
  remedy: 'Send the type of what is sent.',
  aka: { redbot: 'CONTENT_TYPE_MISMATCH' },
})

/** Content against its type: only what is certain (RFC 8259; WHATWG MIME Sniffing). */
export const contentMismatch = check({
  id: 'http/content-mismatch',
  rules: [json, magic, magicOther, unlike],
  *run(message: Message) {
    const { response } = message
    const type = mediaTypeOf(message)
    if (
      type === undefined ||
      response.status === 206 ||
      response.bodyBytes === 0 ||
      response.decoded.state !== 'decoded'
    )
      return
    const { body } = response.decoded
    const start = Buffer.from(body.subarray(0, 64)).toString('latin1')
    const looksLike = signatures.find(([, pattern]) => pattern.test(start))?.[0]
    const looksHtml = looksLike === 'text/html'
    // XHTML begins as HTML does; text may quote anything; a zip is in many types.
    const claims = signed.has(type.essence) || (looksHtml && (type.type === 'image' || isJson(type)))
    const other = looksLike !== undefined && looksLike !== type.essence && !(looksHtml && isHtml(type))
    if (claims && other)
      // Only an image is something else because of how it begins (section 7 of the standard).
      yield (type.type === 'image' ? magic : magicOther).at('response.content', { type: type.essence, looksLike })
    else if (images.has(type.essence) && looksLike === undefined && body.length > 0)
      yield unlike.at('response.content', { type: type.essence })
    else if (isJson(type) && isWhole(message) && body.length <= largestJson) {
      const why = whyNotJson(body)
      if (why !== undefined) yield json.at('response.content', { type: type.essence, why: excerpt(why) })
    }
  },
  examples: [
    { title: 'JSON', given: given({ fields: [['Content-Type', 'application/json']], body: '{"a":1}' }), yields: [] },
    {
      title: 'an answer to HEAD',
      given: given({ method: 'HEAD', fields: [['Content-Type', 'application/json']] }),
      yields: [],
    },
    {
      title: 'XHTML',
      given: given({ fields: [['Content-Type', 'application/xhtml+xml']], body: '<html xmlns="">' }),
      yields: [],
    },
    {
      title: 'half of some JSON',
      given: given({ fields: [['Content-Type', 'application/problem+json']], body: '{"a":' }),
      yields: [json],
    },
    {
      title: 'an error page for an image',
      given: given({ fields: [['Content-Type', 'image/png']], body: '<!DOCTYPE html><p>Sorry' }),
      yields: [magic],
    },
    {
      title: 'an error page for JSON',
      given: given({ fields: [['Content-Type', 'application/json']], body: '<html><p>Sorry' }),
      yields: [magicOther],
    },
    {
      title: 'a greeting for a picture',
      given: given({ fields: [['Content-Type', 'image/png']], body: 'hello' }),
      yields: [unlike],
    },
  ],
})

function whyNotJson(body: Uint8Array): string | undefined {
  try {
    JSON.parse(Buffer.from(body).toString('utf8'))
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
