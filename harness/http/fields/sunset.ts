import { check, rfc, rule } from '../../kernel/index.ts'
import { readHttpDate } from '../grammar/http-date.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const past = rule({
  id: 'http/sunset-past',
  level: 'warning',
  reference: rfc(8594, '3'),
  says: (e: { value: string }) => `Sunset was ${e.value}, and the resource still answers.`,
  wants: 'Sunset lies ahead.',
  remedy: 'Retire the resource (410), or move the date.',
  aka: { redbot: 'SUNSET_PAST' },
})

/** Sunset: an HTTP-date ahead (RFC 8594 section 3). */
export const sunset = check({
  id: 'http/sunset',
  rules: [past],
  applies: ({ response }) => response.fields.has('sunset'),
  *run({ now, response }: Message) {
    const [value] = response.fields.all('sunset')
    const at = value === undefined ? undefined : readHttpDate(value, now)?.ms
    if (value !== undefined && at !== undefined && at < now) yield past.at('response.fields.sunset', { value })
  },
  examples: [
    { title: 'next year', given: given({ fields: [['Sunset', 'Fri, 01 Jan 2027 00:00:00 GMT']] }), yields: [] },
    {
      title: 'gone as announced',
      given: given({ status: 410, fields: [['Sunset', 'Wed, 01 Jan 2025 00:00:00 GMT']] }),
      yields: [past],
    },
    { title: 'last year', given: given({ fields: [['Sunset', 'Wed, 01 Jan 2025 00:00:00 GMT']] }), yields: [past] },
  ],
})
