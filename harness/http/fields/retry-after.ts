import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { parseHttpDate } from '../grammar/http-date.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const malformed = rule({
  id: 'http/retry-after-malformed',
  level: 'error',
  reference: rfc(9110, '10.2.3'),
  says: (e: { value: string }) => `Retry-After is "${e.value}", neither a date nor whole seconds.`,
  wants: 'Retry-After is an HTTP-date or a whole number of seconds.',
  remedy: 'Send whole seconds: Retry-After: 120.',
})

/** Retry-After: `HTTP-date / delay-seconds` (RFC 9110 section 10.2.3). */
export const retryAfter = check({
  id: 'http/retry-after',
  rules: [malformed],
  applies: ({ response }) => response.fields.has('retry-after'),
  *run({ now, response }: Message) {
    for (const value of response.fields.all('retry-after')) {
      if (!/^\d+$/.test(value) && parseHttpDate(value, now) === undefined) {
        yield malformed.at('response.fields.retry-after', { value: excerpt(value) })
      }
    }
  },
  examples: [
    { title: 'two minutes', given: given({ status: 503, fields: [['Retry-After', '120']] }), yields: [] },
    {
      title: 'a date',
      given: given({ status: 503, fields: [['Retry-After', 'Thu, 01 Jan 2026 00:02:00 GMT']] }),
      yields: [],
    },
    { title: 'a unit', given: given({ status: 503, fields: [['Retry-After', '120s']] }), yields: [malformed] },
    {
      title: 'an ISO date',
      given: given({ status: 503, fields: [['Retry-After', '2026-01-01T00:02:00Z']] }),
      yields: [malformed],
    },
  ],
})
