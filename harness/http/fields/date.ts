import { check, rfc, rule } from '../../kernel/index.ts'
import { formatHttpDate, parseHttpDate } from '../grammar/http-date.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.date'

const missing = rule({
  id: 'http/date-missing',
  level: 'warning',
  reference: rfc(9110, '6.6.1'),
  says: () => 'There is no Date, so caches cannot tell how old the response is.',
  wants: 'An origin server with a clock sends Date in every 2xx, 3xx and 4xx response.',
  remedy: 'Send Date: most servers do so unless told otherwise.',
  aka: { redbot: 'DATE_CLOCKLESS' },
})

const skewed = rule({
  id: 'http/date-skewed',
  level: 'warning',
  reference: rfc(9110, '6.6.1'),
  says: (e: { date: string; arrived: string; seconds: number; age: number }) =>
    `Date is ${e.date}${e.age > 0 ? ` and Age ${e.age}` : ''}; the response arrived at ${e.arrived}, ${Math.abs(e.seconds)} seconds ${e.seconds > 0 ? 'later' : 'earlier'} than that.`,
  wants: 'Date plus Age is within 5 seconds of the arrival.',
  remedy: 'Synchronise the clock of the server (and of this machine), or send Age from caches.',
  aka: { redbot: 'DATE_INCORRECT' },
})

/** Date: there, and right to 5 seconds, counting Age (RFC 9110 section 6.6.1). */
export const date = check({
  id: 'http/date',
  rules: [missing, skewed],
  *run({ now, response }: Message) {
    const [value] = response.fields.all('date')
    if (value === undefined) {
      // 1xx and 5xx may come without.
      if (response.status >= 200 && response.status < 500) yield missing.at(place)
      return
    }
    const said = parseHttpDate(value, now)?.ms
    if (said === undefined) return
    const told = response.fields.all('age')[0] ?? ''
    const age = /^\d{1,10}$/.test(told) ? Number(told) : 0
    const seconds = Math.round((now - said) / 1000 - age)
    if (Math.abs(seconds) > 5) {
      yield skewed.at(place, { date: value, arrived: formatHttpDate(now), seconds, age })
    }
  },
  examples: [
    { title: 'on time', given: given({ fields: [['Date', 'Thu, 01 Jan 2026 00:00:00 GMT']] }), yields: [] },
    {
      title: 'a second of rounding',
      given: given({ now: '2026-01-01T00:00:04.900Z', fields: [['Date', 'Thu, 01 Jan 2026 00:00:00 GMT']] }),
      yields: [],
    },
    {
      title: 'an hour in a cache that says so, after Date',
      given: given({
        now: '2026-01-01T01:00:00Z',
        fields: [
          ['Date', 'Thu, 01 Jan 2026 00:00:00 GMT'],
          ['Age', '3600'],
        ],
      }),
      yields: [],
    },
    { title: 'a server error without a clock', given: given({ status: 503 }), yields: [] },
    { title: 'no Date', given: given(), yields: [missing] },
    {
      title: 'a minute behind',
      given: given({ fields: [['Date', 'Wed, 31 Dec 2025 23:59:00 GMT']] }),
      yields: [skewed],
    },
    {
      title: 'a minute ahead',
      given: given({ fields: [['Date', 'Thu, 01 Jan 2026 00:01:00 GMT']] }),
      yields: [skewed],
    },
    {
      title: 'a Date stamped again by a cache that kept Age',
      given: given({
        fields: [
          ['Age', '3600'],
          ['Date', 'Thu, 01 Jan 2026 00:00:00 GMT'],
        ],
      }),
      yields: [skewed],
    },
  ],
})
