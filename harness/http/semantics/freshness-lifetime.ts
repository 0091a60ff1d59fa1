import { check, rfc } from '../../kernel/index.ts'
import { cachingOf, isStorable } from '../caching.ts'
import { heuristicStatuses } from '../cacheability.ts'
import { readHttpDate } from '../grammar/http-date.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.cache-control'

type Times = { readonly lifetime: number; readonly age: number }

const noCache = note(
  'http/freshness-lifetime-no-cache',
  'FRESHNESS_NO_CACHE',
  rfc(9111, '5.2.2.4'),
  () => 'Caches ask the server each time before they use the response: no-cache.',
)
const noCacheNoValidator = note(
  'http/freshness-lifetime-no-cache-no-validator',
  'FRESHNESS_NO_CACHE_NO_VALIDATOR',
  rfc(9111, '5.2.2.4'),
  () => 'Caches fetch the response anew each time: no-cache, and nothing to revalidate with.',
)
const aged = note(
  'http/freshness-lifetime-age',
  'CURRENT_AGE',
  rfc(9111, '4.2.3'),
  (e: { age: number }) => `The response is ${e.age} seconds old.`,
)
const fresh = note(
  'http/freshness-lifetime-fresh',
  'FRESHNESS_FRESH',
  rfc(9111, '4.2'),
  (e: Times) => `The response is fresh for ${e.lifetime} seconds, and ${e.age} old.`,
  'good',
)
const differs = note(
  'http/freshness-lifetime-shared-private',
  'FRESHNESS_SHARED_PRIVATE',
  rfc(9111, '4.2.1'),
  (e: { shared: number; own: number }) =>
    `The response is fresh for ${e.shared} seconds in shared caches and ${e.own} in private ones.`,
  'good',
)
const stale = note(
  'http/freshness-lifetime-stale',
  'FRESHNESS_STALE_ALREADY',
  rfc(9111, '4.2'),
  (e: Times) => `The response is stale already: fresh for ${e.lifetime} seconds, and ${e.age} old.`,
)
const heuristic = note(
  'http/freshness-lifetime-heuristic',
  'FRESHNESS_HEURISTIC',
  rfc(9111, '4.2.2'),
  (e: { status: number }) => `Nothing says how long this ${e.status} is fresh; caches may guess.`,
)
const none = note(
  'http/freshness-lifetime-none',
  'FRESHNESS_NONE',
  rfc(9111, '4.2.2'),
  (e: { status: number }) => `Nothing says how long this ${e.status} is fresh, and caches may not guess.`,
)

/** How long the response is fresh, as a cache computes it (RFC 9111 section 4.2). */
export const freshnessLifetime = check({
  id: 'http/freshness-lifetime',
  rules: [noCache, noCacheNoValidator, aged, fresh, differs, stale, heuristic, none],
  *run(message: Message) {
    if (!isStorable(message)) return
    const { directives, age: exact, explicit, lifetime } = cachingOf(message)
    const { status } = message.response
    const age = Math.floor(exact)
    if (age >= 1) yield aged.at('response.fields.age', { age })
    if (directives.has('no-cache')) {
      const { fields } = message.response
      const [modified] = fields.all('last-modified')
      // A Last-Modified that is no date validates nothing.
      const validator =
        fields.has('etag') || (modified !== undefined && readHttpDate(modified, message.now) !== undefined)
      yield (validator ? noCache : noCacheNoValidator).at(place)
      return
    }
    const [own, shared] = [Math.round(lifetime.private), Math.round(lifetime.shared)]
    if (!explicit) yield (heuristicStatuses.has(status) ? heuristic : none).at(place, { status })
    else if (own !== shared) yield differs.at(place, { shared, own })
    else yield (own > age ? fresh : stale).at(place, { lifetime: Math.max(own, 0), age })
  },
  examples: [
    {
      title: 'an hour, said in capitals',
      given: given({ fields: [['Expires', 'THU, 01 JAN 2026 01:00:00 GMT']] }),
      yields: [fresh],
    },
    {
      title: 'an Expires that is no date, which is past, for private caches, and no second for shared ones',
      given: given({
        fields: [
          ['Expires', '0'],
          ['Cache-Control', 's-maxage=0'],
        ],
      }),
      yields: [differs],
    },
    { title: 'no-store', given: given({ fields: [['Cache-Control', 'no-store']] }), yields: [] },
    {
      title: 'no-cache with an ETag',
      given: given({
        fields: [
          ['Cache-Control', 'no-cache'],
          ['ETag', '"a"'],
        ],
      }),
      yields: [noCache],
    },
    {
      title: 'no-cache alone',
      given: given({ fields: [['Cache-Control', 'no-cache']] }),
      yields: [noCacheNoValidator],
    },
    {
      title: 'no-cache with a Last-Modified that is no date',
      given: given({
        fields: [
          ['Cache-Control', 'no-cache'],
          ['Last-Modified', 'yesterday'],
        ],
      }),
      yields: [noCacheNoValidator],
    },
    {
      title: 'a minute, of which ten seconds have passed',
      given: given({
        fields: [
          ['Cache-Control', 'max-age=60'],
          ['Age', '10'],
        ],
      }),
      yields: [aged, fresh],
    },
    {
      title: 'for shared caches only',
      given: given({ fields: [['Cache-Control', 's-maxage=60']] }),
      yields: [differs],
    },
    { title: 'an Expires that is no date', given: given({ fields: [['Expires', '0']] }), yields: [stale] },
    { title: 'a page', given: given(), yields: [heuristic] },
    {
      title: 'public and no more',
      given: given({ status: 302, fields: [['Cache-Control', 'public']] }),
      yields: [none],
    },
  ],
})
