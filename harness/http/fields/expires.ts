import { originated } from '../cacheability.ts'
import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { cacheControlOf } from '../grammar/cache-control.ts'
import { parseHttpDate, readHttpDate } from '../grammar/http-date.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.expires'

const malformed = rule({
  id: 'http/expires-malformed',
  level: 'warning',
  reference: rfc(9111, '5.3'),
  says: (e: { value: string }) => `Expires is "${e.value}", not a date; caches take it for already expired.`,
  wants: 'Expires is an HTTP-date.',
  remedy: 'Send a date in the past, or better Cache-Control: no-cache.',
  aka: { redbot: 'BAD_DATE_SYNTAX' },
})

const contradictory = rule({
  id: 'http/expires-contradictory',
  level: 'warning',
  reference: rfc(9111, '5.3'),
  says: (e: { expires: number; maxAge: number }) =>
    `Expires leaves ${e.expires} seconds and max-age ${e.maxAge}; max-age wins, except in caches of HTTP/1.0.`,
  wants: 'Expires and max-age say the same, or only one is there.',
  remedy: 'Drop Expires, or set both in one place.',
})

const shorthand = note(
  'http/expires-shorthand',
  'BAD_DATE_SYNTAX',
  rfc(9111, '5.3'),
  (e: { value: string }) => `Expires is ${e.value}, which is no date and means expired to all caches.`,
)

/** Expires: an HTTP-date, in agreement with max-age (RFC 9111 section 5.3). */
export const expires = check({
  id: 'http/expires',
  rules: [malformed, contradictory, shorthand],
  applies: ({ response }) => response.fields.has('expires'),
  *run(message: Message) {
    const { now, response } = message
    const lines = response.fields.all('expires')
    for (const value of lines) {
      const at = readHttpDate(value, now)?.ms
      // "0" and "-1" are everybody's way to say "expired", and do just that. Caches read the first line.
      if (value === lines[0] && parseHttpDate(value, now) === undefined)
        yield (/^(?:0|-1)$/.test(value) ? shorthand : malformed).at(place, { value: excerpt(value) })
      const cache = cacheControlOf(response.fields)
      const maxAge = cache.seconds('max-age')
      if (at === undefined || maxAge === undefined || cache.has('no-store')) continue
      const left = Math.round((at - originated(message)) / 1000)
      // A past date beside max-age=0 agrees with it, however far past.
      if (Math.abs(Math.max(left, 0) - maxAge) > 60) yield contradictory.at(place, { expires: left, maxAge })
    }
  },
  examples: [
    { title: 'an hour', given: given({ fields: [['Expires', 'Thu, 01 Jan 2026 01:00:00 GMT']] }), yields: [] },
    {
      title: 'an hour, twice said',
      given: given({
        fields: [
          ['Cache-Control', 'max-age=3600'],
          ['Expires', 'Thu, 01 Jan 2026 01:00:00 GMT'],
        ],
      }),
      yields: [],
    },
    {
      title: 'long ago, and max-age=0',
      given: given({
        fields: [
          ['Expires', 'Thu, 19 Nov 1981 08:52:00 GMT'],
          ['Cache-Control', 'max-age=0'],
        ],
      }),
      yields: [],
    },
    { title: 'zero', given: given({ fields: [['Expires', '0']] }), yields: [shorthand] },
    {
      title: 'small letters, which caches read all the same',
      given: given({
        fields: [
          ['Expires', 'thu, 01 jan 2026 01:00:00 gmt'],
          ['Cache-Control', 'max-age=3600'],
        ],
      }),
      yields: [malformed],
    },
    {
      title: 'none in the second line, which caches do not read',
      given: given({
        fields: [
          ['Expires', 'Thu, 01 Jan 2026 01:00:00 GMT'],
          ['Expires', '0'],
        ],
      }),
      yields: [],
    },
    { title: 'a word', given: given({ fields: [['Expires', 'never']] }), yields: [malformed] },
    {
      title: 'expired, and max-age says a day',
      given: given({
        fields: [
          ['Expires', 'Thu, 19 Nov 1981 08:52:00 GMT'],
          ['Cache-Control', 'max-age=86400'],
        ],
      }),
      yields: [contradictory],
    },
  ],
})
