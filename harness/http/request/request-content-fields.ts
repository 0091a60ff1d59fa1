import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'request.fields.content-length'

const malformed = rule({
  id: 'http/request-content-fields-length-malformed',
  level: 'error',
  reference: rfc(9110, '8.6'),
  says: (e: { value: string }) => `Content-Length of the request is "${e.value}", not a number of bytes.`,
  wants: 'Content-Length is digits, once.',
  remedy: 'Send the length of the content in bytes, once.',
  aka: { redbot: 'CL_BAD_SYNTAX' },
})
const tooLarge = rule({
  id: 'http/request-content-fields-length-too-large',
  level: 'warning',
  reference: rfc(9110, '8.6'),
  says: (e: { value: string }) => `Content-Length of the request is ${e.value}, more than readers can count.`,
  wants: 'Content-Length fits in 63 bits.',
  remedy: 'Send the length of what is sent, in bytes.',
  aka: { redbot: 'CL_TOO_LARGE' },
})
const withTransferEncoding = rule({
  id: 'http/request-content-fields-length-with-transfer-encoding',
  level: 'error',
  reference: rfc(9112, '6.2'),
  says: () =>
    'The request has Content-Length and Transfer-Encoding: servers that follow different ones can be tricked.',
  wants: 'A message with Transfer-Encoding has no Content-Length.',
  remedy: 'Drop Content-Length.',
  aka: { redbot: 'CL_AND_TE_PRESENT' },
})
const languageTwice = note(
  'http/request-content-fields-language-repeated',
  'CONTENT_LANGUAGE_DUP',
  rfc(9110, '8.5'),
  (e: { tag: string }) => `Content-Language of the request names ${e.tag} more than once.`,
)

/** Content-Length and Content-Language of a request (RFC 9110 sections 8.5 and 8.6; RFC 9112 section 6.2). */
export const requestContentFields = check({
  id: 'http/request-content-fields',
  rules: [malformed, tooLarge, withTransferEncoding, languageTwice],
  applies: ({ request: { fields } }) => fields.has('content-length') || fields.has('content-language'),
  *run({ request: { fields } }: Message) {
    const [length] = fields.all('content-length')
    if (length !== undefined) {
      const seen = { value: excerpt(length) }
      if (!/^\d+$/.test(length)) yield malformed.at(place, seen)
      else if (length.length > 18 && BigInt(length) >= 2n ** 63n) yield tooLarge.at(place, seen)
      if (fields.has('transfer-encoding')) yield withTransferEncoding.at(place)
    }
    const tags = splitList(fields.get('content-language')?.toLowerCase() ?? '')
    for (const tag of new Set(tags))
      if (tags.indexOf(tag) !== tags.lastIndexOf(tag))
        yield languageTwice.at('request.fields.content-language', { tag: excerpt(tag) })
  },
  examples: [
    { title: 'the longest that fits', given: sent(['Content-Length', '9223372036854775807']), yields: [] },
    { title: 'one byte more', given: sent(['Content-Length', '9223372036854775808']), yields: [tooLarge] },
    { title: 'a list', given: sent(['Content-Length', '5, 5']), yields: [malformed] },
    {
      title: 'two framings',
      given: sent(['Content-Length', '5'], ['Transfer-Encoding', 'chunked']),
      yields: [withTransferEncoding],
    },
    { title: 'two languages', given: sent(['Content-Language', 'de, en']), yields: [] },
    { title: 'one language twice', given: sent(['Content-Language', 'en, EN']), yields: [languageTwice] },
  ],
})

function sent(...requestFields: readonly (readonly [name: string, value: string])[]): Message {
  return given({ method: 'POST', requestFields })
}
