import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { requestOnlyFields } from '../grammar/field-sides.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const line = rule({
  id: 'http/field-size-line',
  level: 'warning',
  reference: rfc(9110, '5.4'),
  says: (e: { field: string; bytes: number }) =>
    `${e.field} takes ${e.bytes} bytes; many proxies refuse a line over 8192.`,
  wants: 'A field line has at most 8192 bytes.',
  remedy: 'Send less in it: usually a cookie or a policy that grew.',
  aka: { redbot: 'FIELD_TOO_LARGE' },
})

const lineOther = rule({
  id: 'http/field-size-line-other',
  level: 'warning',
  reference: rfc(9110, '5.4'),
  says: (e: { field: string; bytes: number }) =>
    `${e.field} takes ${e.bytes} bytes, which many proxies refuse, and is no field of responses.`,
  wants: 'A field line has at most 8192 bytes.',
  remedy: 'Drop the field.',
})

const section = rule({
  id: 'http/field-size-section',
  level: 'warning',
  reference: rfc(9110, '5.4'),
  says: (e: { bytes: number; lines: number }) =>
    `The head has ${e.bytes} bytes in ${e.lines} lines; many clients and proxies refuse that.`,
  wants: 'All fields together have at most 32768 bytes.',
  remedy: 'Find the fields that grew, often Set-Cookie.',
  aka: { redbot: 'FIELD_SECTION_TOO_LARGE' },
})

/** Sizes that proxies and clients commonly accept (RFC 9110 section 5.4). */
export const fieldSize = check({
  id: 'http/field-size',
  rules: [line, lineOther, section],
  *run({ response }: Message) {
    let bytes = 0
    for (const { name, value } of response.fields.lines) {
      const size = name.length + value.length
      bytes += size
      if (size <= 8192) continue
      const lower = name.toLowerCase()
      const ascii = name.replace(/[\x80-\uffff]/g, '')
      const told = isToken(ascii) && !requestOnlyFields.has(lower) ? line : lineOther
      yield told.at(`response.fields.${excerpt(lower)}`, { field: excerpt(name), bytes: size })
    }
    if (bytes > 32_768) yield section.at('response.fields', { bytes, lines: response.fields.lines.length })
  },
  examples: [
    { title: 'a kilobyte', given: given({ fields: [['X-Thing', 'x'.repeat(1024)]] }), yields: [] },
    { title: 'a very long line', given: given({ fields: [['X-Thing', 'x'.repeat(8200)]] }), yields: [line] },
    {
      title: 'a very long line of a field that only requests have',
      given: given({ fields: [['Cookie', 'x'.repeat(8200)]] }),
      yields: [lineOther],
    },
    {
      title: 'very many lines',
      given: given({ fields: Array.from({ length: 40 }, (_, i) => [`X-${i}`, 'x'.repeat(1000)] as const) }),
      yields: [section],
    },
  ],
})
