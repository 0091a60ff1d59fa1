import { isUtf8 } from 'node:buffer'
import { check, rfc, rule } from '../../kernel/index.ts'
import { charsetReaders } from '../grammar/charset.ts'
import { isJson } from '../grammar/media-type.ts'
import { parameter } from '../grammar/parameters.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { isWhole, mediaTypeOf } from '../page.ts'

const utf8 = rule({
  id: 'http/charset-mislabelled-utf8',
  level: 'warning',
  reference: rfc(9110, '8.3.2'),
  says: (e: { type: string; charset: string }) =>
    `The content says ${e.charset}, and is UTF-8: readers show two signs for one.`,
  wants: 'The content is in the charset that it claims.',
  remedy: 'Say charset=utf-8.',
  aka: { redbot: 'CHARSET_MISMATCH' },
})

const foreign = rule({
  id: 'http/charset-mislabelled-foreign',
  level: 'warning',
  reference: rfc(9110, '8.3.2'),
  says: (e: { type: string; charset: string; words: number }) =>
    `The content says ${e.charset}, and ${e.words} of its words are accented letters throughout, as in no language that is written so.`,
  wants: 'The content is in the charset that it claims.',
  remedy: 'Name the charset that the text is really in, or convert it to UTF-8.',
  aka: { redbot: 'CHARSET_MISMATCH' },
})

// Western charsets, and words as they show Cyrillic, Greek or Chinese in a charset of its own.
const western = /^(?:iso-?8859-(?:1|15)|latin-?1|l1|windows-1252|cp1252)$/
const foreignWord = /[\xc0-\xff]{4,}|[\xa1-\xff]{6,}/g

// Charsets in which any bytes are text, so that only their meaning can tell.
const anyBytes = /^(?:iso-?8859-\d+|latin-?\d|l1|(?:windows-|cp)125[0-8]|koi8-[ru]|macintosh)$/

/** True where at least two signs would begin, were it UTF-8. */
function hasTwoSigns(body: Uint8Array): boolean {
  const first = body.findIndex((byte) => byte >= 0xc0)
  return first !== -1 && body.subarray(first + 1).some((byte) => byte >= 0xc0)
}

/** Text that decodes in the charset it claims and was written in another (RFC 9110 section 8.3.2). */
export const charsetMislabelled = check({
  id: 'http/charset-mislabelled',
  rules: [utf8, foreign],
  *run(message: Message) {
    const type = mediaTypeOf(message)
    // JSON is UTF-8, whatever a charset says (RFC 8259 sections 8.1 and 11).
    if (type?.type !== 'text' || isJson(type) || message.response.status === 206 || !isWhole(message)) return
    const named = parameter(type.parameters, 'charset')?.toLowerCase()
    const { decoded } = message.response
    if (named === undefined || !anyBytes.test(named) || decoded.state !== 'decoded') return
    if (charsetReaders.get(named)?.(decoded.body) === false) return
    const seen = { type: type.essence, charset: named }
    if (isUtf8(decoded.body)) {
      // One sign of two bytes may be chance; more are not (RFC 3629 section 1).
      if (hasTwoSigns(decoded.body)) yield utf8.at('response.content', seen)
    } else if (western.test(named)) {
      const words = Buffer.from(decoded.body.subarray(0, 8192)).toString('latin1').match(foreignWord)?.length ?? 0
      if (words >= 3) yield foreign.at('response.content', { ...seen, words })
    }
  },
  examples: [
    {
      title: 'UTF-8 that says Latin-1',
      given: given({ fields: [['Content-Type', 'text/plain; charset=iso-8859-1']], body: 'gr\u00fc\u00dfe' }),
      yields: [utf8],
    },
    {
      title: 'one pair of bytes that would be UTF-8 too, in Latin-1',
      given: given({ fields: [['Content-Type', 'text/plain; charset=iso-8859-1']], body: 'gr\u00fcn' }),
      yields: [],
    },
    {
      title: 'Russian in Windows-1251 that says Latin-1',
      given: given({
        fields: [['Content-Type', 'text/plain; charset=iso-8859-1']],
        body: Buffer.from('\xcf\xf0\xe8\xe2\xe5\xf2 \xf0\xf3\xf1\xf1\xea\xe8\xe9 \xf2\xe5\xea\xf1\xf2', 'latin1'),
      }),
      yields: [foreign],
    },
    {
      title: 'French in Latin-1',
      given: given({
        fields: [['Content-Type', 'text/plain; charset=iso-8859-1']],
        body: Buffer.from('cr\xe9\xe9e l\xe0-bas \xe0 No\xebl, gar\xe7on', 'latin1'),
      }),
      yields: [],
    },
  ],
})
