import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.access-control-max-age'
const reference = document(
  'Fetch Standard, CORS protocol',
  'https://fetch.spec.whatwg.org/#http-access-control-max-age',
)

const malformed = rule({
  id: 'http/access-control-max-age-malformed',
  level: 'error',
  reference,
  says: (e: { value: string }) => `Access-Control-Max-Age is "${e.value}", not a whole number of seconds.`,
  wants: 'Access-Control-Max-Age is a whole number of seconds.',
  remedy: 'Send whole seconds, 0 for never.',
  aka: { redbot: 'CORS_MAX_AGE_INVALID' },
})

const negative = rule({
  id: 'http/access-control-max-age-negative',
  level: 'warning',
  reference,
  says: (e: { value: string }) => `Access-Control-Max-Age is ${e.value}; a time is not negative.`,
  wants: 'Access-Control-Max-Age is a whole number of seconds.',
  remedy: 'Send 0 where browsers should ask each time.',
  aka: { redbot: 'CORS_MAX_AGE_NEGATIVE' },
})

const tooLarge = rule({
  id: 'http/access-control-max-age-too-large',
  level: 'info',
  reference,
  says: (e: { value: string }) => `Access-Control-Max-Age is ${e.value} seconds; browsers keep it a day at most.`,
  wants: 'Access-Control-Max-Age is at most 86400 seconds.',
  remedy: 'Ask for 86400, or less.',
})

/** Access-Control-Max-Age: `delta-seconds` (Fetch Standard). */
export const accessControlMaxAge = check({
  id: 'http/access-control-max-age',
  rules: [malformed, negative, tooLarge],
  applies: ({ response }) => response.fields.has('access-control-max-age'),
  *run({ response }: Message) {
    const [value] = response.fields.all('access-control-max-age')
    if (value === undefined) return
    if (/^-\d+$/.test(value)) yield negative.at(place, { value: excerpt(value) })
    else if (!/^\d+$/.test(value)) yield malformed.at(place, { value: excerpt(value) })
    else if (Number(value) > 86_400) yield tooLarge.at(place, { value: excerpt(value) })
  },
  examples: [
    { title: 'a minute', given: given({ method: 'OPTIONS', fields: [['Access-Control-Max-Age', '60']] }), yields: [] },
    {
      title: 'a negative number',
      given: given({ method: 'OPTIONS', fields: [['Access-Control-Max-Age', '-1']] }),
      yields: [negative],
    },
    {
      title: 'a word',
      given: given({ method: 'OPTIONS', fields: [['Access-Control-Max-Age', 'day']] }),
      yields: [malformed],
    },
    {
      title: 'a month',
      given: given({ method: 'OPTIONS', fields: [['Access-Control-Max-Age', '2592000']] }),
      yields: [tooLarge],
    },
  ],
})
