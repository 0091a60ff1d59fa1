import { check, rfc, rule } from '../../kernel/index.ts'
import { charsetReaders, isAscii } from '../grammar/charset.ts'
import { isJson } from '../grammar/media-type.ts'
import { parameter } from '../grammar/parameters.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { isWhole, mediaTypeOf } from '../page.ts'

const undecodable = rule({
  id: 'http/charset-undecodable',
  level: 'error',
  reference: rfc(9110, '8.3.2'),
  says: (e: { type: string; charset: string }) =>
    `The content of type ${e.type} is not valid ${e.charset}, which it says to be.`,
  wants: 'Text decodes in the charset that is named; JSON is UTF-8.',
  remedy: 'Name the charset that the text is really in, or convert it to UTF-8.',
  aka: { redbot: 'CHARSET_UNDECODABLE' },
})

const undecodableOther = rule({
  id: 'http/charset-undecodable-other',
  level: 'error',
  reference: rfc(9110, '8.3.2'),
  says: (e: { type: string; charset: string }) =>
    `The content is ${e.type} in ${e.charset}, and is not: its bytes are none.`,
  wants: 'The content is in the charset that it claims.',
  remedy: 'Send the content in UTF-8 and say so.',
})

/** Text against the charset it claims: only what can be proved wrong, no guesses (RFC 9110 section 8.3.2; RFC 8259 section 8.1). */
export const charset = check({
  id: 'http/charset',
  rules: [undecodable, undecodableOther],
  *run(message: Message) {
    const type = mediaTypeOf(message)
    if (type === undefined || message.response.status === 206 || !isWhole(message)) return
    // JSON is UTF-8, whatever a charset says (RFC 8259 sections 8.1 and 11).
    const named = isJson(type) ? 'utf-8' : parameter(type.parameters, 'charset')?.toLowerCase()
    const text = type.type === 'text' || isJson(type) || type.subtype.endsWith('xml')
    if (!text || named === undefined) return
    const isText = charsetReaders.get(named)
    if (isText === undefined) return
    const { decoded } = message.response
    if (decoded.state !== 'decoded') return
    if (isText(decoded.body)) return
    // Text of nothing but ASCII is read rightly by whoever does not believe that it is UTF-16.
    const misread = (type.type === 'text' || isJson(type)) && !isAscii(decoded.body)
    const told = misread ? undecodable : undecodableOther
    yield told.at('response.content', { type: type.essence, charset: named })
  },
  examples: [
    {
      title: 'UTF-8 as said',
      given: given({ fields: [['Content-Type', 'text/plain; charset=utf-8']], body: 'gr\u00fcn' }),
      yields: [],
    },
    {
      title: 'one accented letter in JSON',
      given: given({ fields: [['Content-Type', 'application/json']], body: '"\u00e9"' }),
      yields: [],
    },
    {
      title: 'an image',
      given: given({ fields: [['Content-Type', 'image/png']], body: new Uint8Array([0x89, 0x50]) }),
      yields: [],
    },
    {
      title: 'Latin-1 said to be UTF-8',
      given: given({
        fields: [['Content-Type', 'text/plain; charset=UTF-8']],
        body: new Uint8Array([0x67, 0xfc, 0x6e]),
      }),
      yields: [undecodable],
    },
    {
      title: 'Latin-1 in JSON',
      given: given({ fields: [['Content-Type', 'application/json']], body: new Uint8Array([0x22, 0xe9, 0x22]) }),
      yields: [undecodable],
    },
    {
      title: 'Latin-1 in JSON that says so, which nobody reads',
      given: given({
        fields: [['Content-Type', 'application/json; charset=iso-8859-1']],
        body: Uint8Array.of(0x22, 0xe9, 0x22),
      }),
      yields: [undecodable],
    },
    {
      title: 'Shift_JIS that breaks off',
      given: given({ fields: [['Content-Type', 'text/plain; charset=Shift_JIS']], body: Uint8Array.of(0x61, 0x81) }),
      yields: [undecodable],
    },
    {
      title: 'UTF-8 that says Windows-1252, which has no such bytes',
      given: given({ fields: [['Content-Type', 'text/plain; charset=windows-1252']], body: '\u201caha\u201d' }),
      yields: [undecodable],
    },
    {
      title: 'ASCII that says UTF-16',
      given: given({ fields: [['Content-Type', 'text/plain; charset=utf-16']], body: 'aha' }),
      yields: [undecodableOther],
    },
    {
      title: 'XML that is none',
      given: given({ fields: [['Content-Type', 'application/xml; charset=utf-8']], body: Uint8Array.of(0xff) }),
      yields: [undecodableOther],
    },
  ],
})
