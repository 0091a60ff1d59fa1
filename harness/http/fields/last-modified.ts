import { check, rfc, rule } from '../../kernel/index.ts'
import { formatHttpDate, readHttpDate } from '../grammar/http-date.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const future = rule({
  id: 'http/last-modified-future',
  level: 'error',
  reference: rfc(9110, '8.8.2.1'),
  says: (e: { lastModified: string; date: string }) =>
    `Last-Modified is ${e.lastModified}, later than the response itself (${e.date}).`,
  wants: 'Last-Modified is no later than Date.',
  remedy: 'Send Date in its place then, and look at the clock of whoever writes the files.',
  aka: { redbot: 'LM_FUTURE' },
})

const present = note(
  'http/last-modified-present',
  'LM_PRESENT',
  rfc(9110, '8.8.2'),
  (e: { lastModified: string }) => `The resource last changed at ${e.lastModified}.`,
)

/** Last-Modified: never later than the message (RFC 9110 section 8.8.2.1). */
export const lastModified = check({
  id: 'http/last-modified',
  rules: [future, present],
  applies: ({ response }) => response.fields.has('last-modified'),
  *run({ now, response }: Message) {
    const [value] = response.fields.all('last-modified')
    const modified = value === undefined ? undefined : readHttpDate(value, now)?.ms
    if (value === undefined || modified === undefined) return
    const [sent = ''] = response.fields.all('date')
    const made = readHttpDate(sent, now)?.ms
    const place = 'response.fields.last-modified'
    if (modified <= (made ?? now)) yield present.at(place, { lastModified: value })
    else yield future.at(place, { lastModified: value, date: formatHttpDate(made ?? now) })
  },
  examples: [
    { title: 'none', given: given(), yields: [] },
    {
      title: 'the day before',
      given: given({ fields: [['Last-Modified', 'Wed, 31 Dec 2025 00:00:00 GMT']] }),
      yields: [present],
    },
    {
      title: 'the same second, with Date after it',
      given: given({
        fields: [
          ['Last-Modified', 'Thu, 01 Jan 2026 00:00:00 GMT'],
          ['Date', 'Thu, 01 Jan 2026 00:00:00 GMT'],
        ],
      }),
      yields: [present],
    },
    {
      title: 'a second after Date, with Date after it',
      given: given({
        fields: [
          ['Last-Modified', 'Thu, 01 Jan 2026 00:00:01 GMT'],
          ['Date', 'Thu, 01 Jan 2026 00:00:00 GMT'],
        ],
      }),
      yields: [future],
    },
    {
      title: 'tomorrow, without Date',
      given: given({ fields: [['Last-Modified', 'Fri, 02 Jan 2026 00:00:00 GMT']] }),
      yields: [future],
    },
  ],
})
