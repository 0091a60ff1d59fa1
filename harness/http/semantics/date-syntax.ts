import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { formatHttpDate, parseHttpDate } from '../grammar/http-date.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const malformed = rule({
  id: 'http/date-syntax-malformed',
  level: 'error',
  reference: rfc(9110, '5.6.7'),
  says: (e: { field: string; value: string }) => `${e.field} is "${e.value}", which is no HTTP-date.`,
  wants: 'Dates have the form Thu, 01 Jan 2026 00:00:00 GMT.',
  remedy: 'Let a library format the date; it is always GMT, and always in English.',
  aka: { redbot: 'BAD_DATE_SYNTAX' },
})

const obsolete = rule({
  id: 'http/date-syntax-obsolete',
  level: 'error',
  reference: rfc(9110, '5.6.7'),
  says: (e: { field: string; value: string; better: string }) =>
    `${e.field} is "${e.value}", an obsolete form of ${e.better}.`,
  wants: 'Dates have the form Thu, 01 Jan 2026 00:00:00 GMT.',
  remedy: 'Let a library format the date.',
  aka: { redbot: 'DATE_OBSOLETE' },
})

const fields = ['date', 'last-modified', 'sunset', 'expires']

/** The form of every date (RFC 9110 section 5.6.7). Expires is told at its own field. */
export const dateSyntax = check({
  id: 'http/date-syntax',
  rules: [malformed, obsolete],
  *run({ now, response }: Message) {
    for (const field of fields) {
      for (const value of response.fields.all(field).slice(0, 1)) {
        const parsed = parseHttpDate(value, now)
        const seen = { field, value: excerpt(value) }
        if (parsed === undefined) {
          if (field !== 'expires') yield malformed.at(`response.fields.${field}`, seen)
        } else if (parsed.form !== 'imf-fixdate') {
          yield obsolete.at(`response.fields.${field}`, { ...seen, better: formatHttpDate(parsed.ms) })
        }
      }
    }
  },
  examples: [
    { title: 'the one form', given: given({ fields: [['Date', 'Thu, 01 Jan 2026 00:00:00 GMT']] }), yields: [] },
    { title: 'Expires: 0, which is told there', given: given({ fields: [['Expires', '0']] }), yields: [] },
    {
      title: 'another zone',
      given: given({ fields: [['Last-Modified', 'Thu, 01 Jan 2026 00:00:00 +0100']] }),
      yields: [malformed],
    },
    {
      title: 'a day that is none',
      given: given({ fields: [['Date', 'Thu, 31 Feb 2026 00:00:00 GMT']] }),
      yields: [malformed],
    },
    {
      title: 'capitals, which caches read all the same',
      given: given({ fields: [['Date', 'THU, 01 JAN 2026 00:00:00 GMT']] }),
      yields: [malformed],
    },
    {
      title: 'RFC 850',
      given: given({ fields: [['Expires', 'Thursday, 01-Jan-26 00:00:00 GMT']] }),
      yields: [obsolete],
    },
    { title: 'asctime', given: given({ fields: [['Date', 'Thu Jan  1 00:00:00 2026']] }), yields: [obsolete] },
  ],
})
