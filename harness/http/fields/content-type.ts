import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { isHtml, parseMediaType } from '../grammar/media-type.ts'
import { parameter } from '../grammar/parameters.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.content-type'

const malformed = rule({
  id: 'http/content-type-malformed',
  level: 'error',
  reference: rfc(9110, '8.3.1'),
  says: (e: { value: string }) => `Content-Type is "${e.value}", not one media type with its parameters.`,
  wants: 'Content-Type is type/subtype, then name=value after semicolons, no space around "=".',
  remedy: 'Write it as text/html; charset=utf-8.',
})

const missing = rule({
  id: 'http/content-type-missing',
  level: 'warning',
  reference: rfc(9110, '8.3'),
  says: (e: { bytes: number }) => `${e.bytes} bytes of content have no Content-Type, so clients guess.`,
  wants: 'Content says of what type it is.',
  remedy: 'Send Content-Type; application/octet-stream where nothing is known.',
})

const unregistrable = rule({
  id: 'http/content-type-unregistrable',
  level: 'warning',
  reference: rfc(6838, '4.2'),
  says: (e: { name: string }) => `Content-Type is "${e.name}", a name that cannot be registered.`,
  wants: 'Type and subtype begin with a letter or digit and have at most 127 characters of a small alphabet.',
  remedy: 'Use a registered type.',
  aka: { redbot: 'MEDIA_TYPE_BAD_NAME' },
})

const charsetMissing = rule({
  id: 'http/content-type-charset-missing',
  level: 'info',
  reference: rfc(9110, '8.3.2'),
  says: (e: { type: string }) =>
    `${e.type} comes without a charset, so browsers look for one in the content, or guess.`,
  wants: 'HTML says its charset in Content-Type.',
  remedy: 'Add "; charset=utf-8".',
})

const charsetUnknown = rule({
  id: 'http/content-type-charset-unknown',
  level: 'warning',
  reference: rfc(9110, '8.3.2'),
  says: (e: { charset: string }) => `Content-Type names the charset "${e.charset}", which clients do not know.`,
  wants: 'The charset is a registered name.',
  remedy: 'Use utf-8.',
})

const restricted = /^[a-z0-9][a-z0-9!#$&^_.+-]*$/

const long = rule({
  id: 'http/content-type-long',
  level: 'warning',
  reference: rfc(6838, '4.2'),
  says: (e: { name: string }) => `The type "${e.name}" has a name over 127 characters.`,
  wants: 'The names of a media type have at most 127 characters.',
  remedy: 'Use a shorter name.',
  aka: { redbot: 'MEDIA_TYPE_LONG_NAME' },
})
const knownCharsets = new Map<string, boolean>()

/** Labels of the Encoding standard, asked once each: a decoder is dear to make. */
function isKnownCharset(label: string): boolean {
  const known = knownCharsets.get(label) ?? canDecode(label)
  if (knownCharsets.size < 500) knownCharsets.set(label, known)
  return known
}

function canDecode(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== ''
  } catch {
    return false
  }
}

/** Content-Type: one media type (RFC 9110 section 8.3). */
export const contentType = check({
  id: 'http/content-type',
  rules: [malformed, missing, unregistrable, charsetMissing, charsetUnknown, long],
  *run({ request, response }: Message) {
    const values = response.fields.all('content-type')
    if (values.length === 0 && response.bodyBytes > 0 && request.method !== 'HEAD') {
      yield missing.at(place, { bytes: response.bodyBytes })
    }
    // That there are more is told by http/singleton-fields.
    for (const value of values.slice(0, 1)) {
      const type = parseMediaType(value)
      if (type === undefined || type.parameters.malformed.length > 0) {
        yield malformed.at(place, { value: excerpt(value) })
        if (type === undefined) continue
      }
      if (!restricted.test(type.type) || !restricted.test(type.subtype)) {
        yield unregistrable.at(place, { name: excerpt(type.essence) })
      } else if (type.type.length > 127 || type.subtype.length > 127)
        yield long.at(place, { name: excerpt(type.essence) })
      const charset = parameter(type.parameters, 'charset')
      if (charset !== undefined && !isKnownCharset(charset))
        yield charsetUnknown.at(place, { charset: excerpt(charset) })
      const content = response.bodyBytes > 0 || request.method === 'HEAD'
      if (charset === undefined && content && isHtml(type)) yield charsetMissing.at(place, { type: type.essence })
    }
  },
  examples: [
    {
      title: 'a name of 128 letters',
      given: given({ fields: [['Content-Type', `text/${'a'.repeat(128)}`]] }),
      yields: [long],
    },
    {
      title: 'HTML in UTF-8',
      given: given({ fields: [['Content-Type', 'text/html;charset="UTF-8"']], body: '<p>' }),
      yields: [],
    },
    {
      title: 'JSON, which needs no charset',
      given: given({ fields: [['Content-Type', 'application/json']], body: '1' }),
      yields: [],
    },
    { title: 'no type, and nothing to be of a type', given: given(), yields: [] },
    { title: 'no subtype', given: given({ fields: [['Content-Type', 'html']] }), yields: [malformed] },
    { title: 'two types', given: given({ fields: [['Content-Type', 'text/html, text/plain']] }), yields: [malformed] },
    {
      title: 'spaces around =',
      given: given({ fields: [['Content-Type', 'text/html; charset = utf-8']] }),
      yields: [malformed],
    },
    { title: 'a trailing semicolon', given: given({ fields: [['Content-Type', 'text/plain;']] }), yields: [] },
    { title: 'content without a type', given: given({ body: 'hello' }), yields: [missing] },
    {
      title: 'a strange name with a strange parameter',
      given: given({ fields: [['Content-Type', 'text/pl~in; a']] }),
      yields: [malformed, unregistrable],
    },
    {
      title: 'a strange name after another',
      given: given({
        fields: [
          ['Content-Type', 'text/plain'],
          ['Content-Type', 'text/pl~in'],
        ],
      }),
      yields: [],
    },
    { title: 'a strange name', given: given({ fields: [['Content-Type', '*/*']] }), yields: [unregistrable] },
    {
      title: 'HTML without a charset',
      given: given({ fields: [['Content-Type', 'text/html']], body: '<p>' }),
      yields: [charsetMissing],
    },
    {
      title: 'a charset that is none',
      given: given({ fields: [['Content-Type', 'text/html; charset=utf-88']] }),
      yields: [charsetUnknown],
    },
  ],
})
