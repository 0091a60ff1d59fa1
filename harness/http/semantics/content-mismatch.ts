import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { isHtml, isJson } from '../grammar/media-type.ts'
import { beginsAs, isMedia, isSigned, mayBegin } from '../grammar/signature.ts'
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

// Past this length parsing would cost more than it tells.
const largestJson = 1024 * 1024

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

const empty = rule({
  id: 'http/content-mismatch-empty',
  level: 'warning',
  reference: document('MIME Sniffing Standard', 'https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern'),
  says: (e: { type: string }) => `The content says it is ${e.type} and is empty, which is none.`,
  wants: 'Content of a type of pictures or sound is a picture or a sound.',
  remedy: 'Send the content, or 204 without a type.',
  aka: { redbot: 'CONTENT_TYPE_MISMATCH' },
})

// Statuses without content, or with a part of it.
const partly = new Set([204, 205, 206, 304])

/** Content against its type: only what is certain (RFC 8259; WHATWG MIME Sniffing). */
export const contentMismatch = check({
  id: 'http/content-mismatch',
  rules: [json, magic, magicOther, unlike, empty],
  *run(message: Message) {
    const { request, response } = message
    const type = mediaTypeOf(message)
    if (type === undefined || response.status < 200 || partly.has(response.status)) return
    if (response.decoded.state !== 'decoded') return
    const { body } = response.decoded
    if (body.length === 0) {
      // Where a recording left the content out, nothing is known of it.
      const none = response.complete && response.bodyBytes === 0 && request.method !== 'HEAD'
      if (none && isMedia(type)) yield empty.at('response.content', { type: type.essence })
      return
    }
    const start = Buffer.from(body.subarray(0, 64)).toString('latin1')
    const looksLike = beginsAs(start)
    const looksHtml = looksLike === 'text/html'
    // XHTML begins as HTML does; text may quote anything; a zip is in many types.
    const otherImage = isMedia(type) && type.type === 'image' && looksLike?.startsWith('image/') === true
    const claims = isSigned(type.essence) || otherImage || (looksHtml && (type.type === 'image' || isJson(type)))
    const other = looksLike !== undefined && looksLike !== type.essence && !(looksHtml && isHtml(type))
    if (claims && other)
      // Only an image is something else because of how it begins (section 7 of the standard).
      yield (type.type === 'image' ? magic : magicOther).at('response.content', { type: type.essence, looksLike })
    else if (looksLike !== type.essence && isMedia(type) && !mayBegin(type.essence, start))
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
      title: 'a picture under a name that is not registered',
      given: given({ fields: [['Content-Type', 'image/jpg']], body: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0) }),
      yields: [magic],
    },
    {
      title: 'an icon under its registered name',
      given: given({ fields: [['Content-Type', 'image/vnd.microsoft.icon']], body: Uint8Array.of(0, 0, 1, 0, 1, 0) }),
      yields: [],
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
    {
      title: 'a greeting for a film',
      given: given({ fields: [['Content-Type', 'video/mp4']], body: 'hello' }),
      yields: [unlike],
    },
    {
      title: 'a greeting for a picture of a kind whose beginning we do not know',
      given: given({ fields: [['Content-Type', 'image/x-own']], body: 'hello' }),
      yields: [unlike],
    },
    {
      title: 'a film',
      given: given({ fields: [['Content-Type', 'video/mp4']], body: '\0\0\0\u0018ftypmp42\0\0\0\0' }),
      yields: [],
    },
    {
      title: 'a drawing, which is text',
      given: given({ fields: [['Content-Type', 'image/svg+xml']], body: '<svg xmlns="http://www.w3.org/2000/svg"/>' }),
      yields: [],
    },
    {
      title: 'a picture without content',
      given: given({ fields: [['Content-Type', 'image/png']] }),
      yields: [empty],
    },
    {
      title: 'a picture that was not recorded',
      given: given({ fields: [['Content-Type', 'image/png']], response: { complete: false } }),
      yields: [],
    },
    {
      title: 'an answer to HEAD about a picture',
      given: given({ method: 'HEAD', fields: [['Content-Type', 'image/png']] }),
      yields: [],
    },
    {
      title: 'a picture that has not changed',
      given: given({ status: 304, fields: [['Content-Type', 'image/png']] }),
      yields: [],
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
