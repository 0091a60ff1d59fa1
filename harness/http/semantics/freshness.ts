import { check, rfc, rule } from '../../kernel/index.ts'
import { currentAge, explicitLifetime, hasValidator, heuristicStatuses, isUnstorable } from '../cacheability.ts'
import { cacheControlOf } from '../grammar/cache-control.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.cache-control'

const heuristic = rule({
  id: 'http/freshness-heuristic',
  level: 'warning',
  reference: rfc(9111, '4.2.2'),
  says: (e: { status: number }) =>
    `Nothing says how long this ${e.status} stays fresh, so each cache decides for itself.`,
  wants: 'Cacheable responses give max-age, or say no-cache or no-store.',
  remedy: 'Send Cache-Control with max-age=SECONDS, no-cache, or no-store.',
})

const unconditional = rule({
  id: 'http/freshness-no-cache-no-validator',
  level: 'info',
  reference: rfc(9111, '5.2.2.4'),
  says: () => 'Cache-Control says no-cache, and there is neither ETag nor Last-Modified to revalidate with.',
  wants: 'no-cache comes with a validator.',
  remedy: 'Send ETag, or say no-store.',
})

const stale = rule({
  id: 'http/freshness-stale',
  level: 'info',
  reference: rfc(9111, '4.2'),
  says: (e: { lifetime: number; age: number }) =>
    `The response is stale on arrival: fresh for ${e.lifetime} seconds, and ${e.age} old.`,
  wants: 'A response arrives while it is fresh.',
  remedy: 'Look for a cache that serves stale, and for a clock that is wrong.',
})

const errorFresh = rule({
  id: 'http/freshness-error',
  level: 'warning',
  reference: rfc(9111, '3'),
  says: (e: { status: number; lifetime: number }) =>
    `A ${e.status} may be served from caches for ${e.lifetime} seconds after it is mended.`,
  wants: 'Errors of the server are not cached, or for seconds only.',
  remedy: 'Send Cache-Control: no-store with errors; take care that a rule for all responses leaves them out.',
})

// These say that something is gone or was never there, and may well be kept.
const lasting = new Set([404, 405, 410, 414, 451, 501])

/** Whether caches may keep the response, and for how long (RFC 9111 sections 3, 4 and 5.2.2). */
export const freshness = check({
  id: 'http/freshness',
  rules: [heuristic, unconditional, stale, errorFresh],
  *run(message: Message) {
    const { response } = message
    if (isUnstorable(message) || response.status < 200 || response.status === 304) return
    const directives = cacheControlOf(response.fields)
    if (directives.has('no-cache')) {
      if (response.status === 200 && !hasValidator(message)) yield unconditional.at(place)
      return
    }
    const shared = explicitLifetime(message, 'shared')
    const lifetime = Math.round(shared ?? 0)
    if (shared === undefined) {
      // Without any Cache-Control the policy check tells it.
      const told = response.status === 200 && !response.fields.has('cache-control')
      // A part is kept as the whole is, and the whole says for how long.
      if (heuristicStatuses.has(response.status) && response.status !== 206 && !told)
        yield heuristic.at(place, { status: response.status })
      return
    }
    const age = Math.floor(currentAge(message))
    if (lifetime > 0 && age >= lifetime) yield stale.at('response.fields.age', { lifetime, age })
    if (lifetime > 10 && response.status >= 400 && !lasting.has(response.status)) {
      yield errorFresh.at(place, { status: response.status, lifetime })
    }
  },
  examples: [
    { title: 'a minute', given: given({ fields: [['Cache-Control', 'max-age=60']] }), yields: [] },
    {
      title: 'no-cache with an ETag',
      given: given({
        fields: [
          ['Cache-Control', 'no-cache'],
          ['ETag', '"a"'],
        ],
      }),
      yields: [],
    },
    { title: 'an answer to POST', given: given({ method: 'POST' }), yields: [] },
    {
      title: 'gone, and known to be gone for a day',
      given: given({ status: 410, fields: [['Cache-Control', 'max-age=86400']] }),
      yields: [],
    },
    { title: 'a part', given: given({ status: 206 }), yields: [] },
    { title: 'public and nothing more', given: given({ fields: [['Cache-Control', 'public']] }), yields: [heuristic] },
    {
      title: 'a permanent redirect, kept at pleasure',
      given: given({ status: 301, fields: [['Location', '/a']] }),
      yields: [heuristic],
    },
    {
      title: 'no-cache without a validator',
      given: given({ fields: [['Cache-Control', 'no-cache']] }),
      yields: [unconditional],
    },
    {
      title: 'older than it may be',
      given: given({
        fields: [
          ['Age', '90'],
          ['Cache-Control', 'max-age=60'],
        ],
      }),
      yields: [stale],
    },
    {
      title: 'an Age that is no number',
      given: given({
        fields: [
          ['Age', 'old'],
          ['Cache-Control', 'max-age=60'],
        ],
      }),
      yields: [],
    },
    {
      title: 'an error for a day',
      given: given({ status: 502, fields: [['Cache-Control', 'max-age=86400']] }),
      yields: [errorFresh],
    },
  ],
})
