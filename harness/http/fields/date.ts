import { check, rfc, rule } from '../../kernel/index.ts'
import { formatHttpDate, readHttpDate } from '../grammar/http-date.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { cachingOf } from '../caching.ts'
import { note } from '../note.ts'

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

const missingUncached = rule({
  id: 'http/date-missing-uncached',
  level: 'warning',
  reference: rfc(9110, '6.6.1'),
  says: () => 'There is no Date.',
  wants: 'An origin server with a clock sends Date in every 2xx, 3xx and 4xx response.',
  remedy: 'Send Date: most servers do so unless told otherwise.',
})

const missingAllowed = note(
  'http/date-missing-allowed',
  'DATE_CLOCKLESS',
  rfc(9110, '6.6.1'),
  (e: { status: number }) => `There is no Date, which a ${e.status} may do without.`,
)

const basisMissing = rule({
  id: 'http/date-basis-missing',
  level: 'warning',
  reference: rfc(9111, '4.2'),
  says: () => 'Expires or Last-Modified is there without Date, so clocks that differ make them wrong.',
  wants: 'A response with Expires or Last-Modified has Date.',
  remedy: 'Send Date.',
  aka: { redbot: 'DATE_CLOCKLESS_BAD_HDR' },
})

const restamped = rule({
  id: 'http/date-restamped',
  level: 'warning',
  reference: rfc(9110, '6.6.1'),
  says: (e: { date: string; age: number }) => `Age is ${e.age}, and Date, ${e.date}, is now: a cache wrote Date anew.`,
  wants: 'A cache keeps the Date of the origin.',
  remedy: 'Let the cache pass Date on, or drop Age.',
  aka: { redbot: 'AGE_PENALTY' },
})

const correct = note(
  'http/date-correct',
  'DATE_CORRECT',
  rfc(9110, '6.6.1'),
  () => 'The clock of the server is right.',
  'good',
)

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
  rules: [missing, missingUncached, missingAllowed, basisMissing, restamped, correct, skewed],
  *run(message: Message) {
    const { now, response } = message
    const { status, fields } = response
    const [value] = fields.all('date')
    if (value === undefined) {
      // 1xx and 5xx may come without.
      const optional = status < 200 || status >= 500
      const { storing } = cachingOf(message)
      // No cache may reuse it anyway, whatever its age.
      if (storing.who === 'not-asked' && storing.why === 'vary') {
        if (!optional) yield missingUncached.at(place)
        return
      }
      yield optional ? missingAllowed.at(place, { status }) : missing.at(place)
      if (fields.has('expires') || fields.has('last-modified')) yield basisMissing.at(place)
      return
    }
    const said = readHttpDate(value, now)?.ms
    if (said === undefined) return
    const told = fields.all('age')[0] ?? ''
    const age = /^\d{1,10}$/.test(told) ? Number(told) : 0
    const since = Math.floor(now / 1000) - said / 1000
    const seconds = since - age
    if (age > 5 && since < 5) yield restamped.at(place, { date: value, age })
    else if (Math.abs(seconds) > 5) yield skewed.at(place, { date: value, arrived: formatHttpDate(now), seconds, age })
    else yield correct.at(place)
  },
  examples: [
    { title: 'on time', given: given({ fields: [['Date', 'Thu, 01 Jan 2026 00:00:00 GMT']] }), yields: [correct] },
    {
      title: 'on time, in capitals, which date-syntax tells of',
      given: given({ fields: [['Date', 'THU, 01 JAN 2026 00:00:00 GMT']] }),
      yields: [correct],
    },
    {
      title: 'a second of rounding',
      given: given({ now: '2026-01-01T00:00:04.900Z', fields: [['Date', 'Thu, 01 Jan 2026 00:00:00 GMT']] }),
      yields: [correct],
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
      yields: [correct],
    },
    { title: 'a server error without a clock', given: given({ status: 503 }), yields: [missingAllowed] },
    { title: 'a Date that is none, which is told elsewhere', given: given({ fields: [['Date', 'now']] }), yields: [] },
    { title: 'POST, no Date', given: given({ method: 'POST' }), yields: [missing] },
    { title: 'Vary: *, no Date', given: given({ fields: [['Vary', '*']] }), yields: [missingUncached] },
    {
      title: 'Vary: * on an error, no Date',
      given: given({ status: 500, fields: [['Vary', '*']] }),
      yields: [],
    },
    {
      title: 'no Date to count Expires from',
      given: given({ fields: [['Expires', 'Thu, 01 Jan 2026 00:00:00 GMT']] }),
      yields: [missing, basisMissing],
    },
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
      yields: [restamped],
    },
  ],
})
