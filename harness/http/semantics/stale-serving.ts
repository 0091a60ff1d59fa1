import { check, rfc } from '../../kernel/index.ts'
import { cachingOf, isStorable } from '../caching.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.cache-control'

const servable = note(
  'http/stale-serving-allowed',
  'STALE_SERVABLE',
  rfc(9111, '4.2.4'),
  () => 'Caches may serve the response stale where they cannot reach the server.',
)
const onError = note(
  'http/stale-serving-on-error',
  'STALE_IF_ERROR',
  rfc(5861, '4'),
  () => 'Caches may serve the response stale when the server fails: stale-if-error.',
)
const whileRevalidating = note(
  'http/stale-serving-while-revalidating',
  'STALE_WHILE_REVALIDATE',
  rfc(5861, '3'),
  () => 'Caches may serve the response stale while they fetch a new one: stale-while-revalidate.',
)
const must = note(
  'http/stale-serving-forbidden',
  'FRESH_MUST_REVALIDATE',
  rfc(9111, '5.2.2.2'),
  () => 'Caches may not serve the response once it is stale: must-revalidate.',
)
const mustNow = note(
  'http/stale-serving-forbidden-now',
  'STALE_MUST_REVALIDATE',
  rfc(9111, '5.2.2.2'),
  () => 'Caches may not serve the response, which is stale, without asking: must-revalidate.',
)
const mustShared = note(
  'http/stale-serving-forbidden-shared',
  'FRESH_PROXY_REVALIDATE',
  rfc(9111, '5.2.2.8'),
  () => 'Shared caches may not serve the response once it is stale.',
)
const mustSharedNow = note(
  'http/stale-serving-forbidden-shared-now',
  'STALE_PROXY_REVALIDATE',
  rfc(9111, '5.2.2.8'),
  () => 'Shared caches may not serve the response, which is stale, without asking.',
)
const both = note(
  'http/stale-serving-expires-overruled',
  'CC_AND_EXPIRES',
  rfc(9111, '5.3'),
  () => 'max-age and Expires are both there; caches follow max-age.',
)

/** What caches may do with the response once it is stale (RFC 9111 section 4.2.4; RFC 5861). */
export const staleServing = check({
  id: 'http/stale-serving',
  rules: [servable, onError, whileRevalidating, must, mustNow, mustShared, mustSharedNow, both],
  *run(message: Message) {
    if (!isStorable(message)) return
    const { directives, age, maxAge, sharedMaxAge, explicit, lifetime } = cachingOf(message)
    if (directives.has('no-cache')) return
    if (message.response.fields.has('expires') && maxAge !== undefined) yield both.at(place)
    if (directives.seconds('stale-while-revalidate') !== undefined) yield whileRevalidating.at(place)
    if (directives.seconds('stale-if-error') !== undefined) yield onError.at(place)
    else if (directives.has('must-revalidate')) {
      if (lifetime.private > age) yield must.at(place)
      else if (explicit) yield mustNow.at(place)
    } else if (directives.has('proxy-revalidate') || sharedMaxAge !== undefined) {
      if (lifetime.shared > age) yield mustShared.at(place)
      else if (explicit) yield mustSharedNow.at(place)
    } else yield servable.at(place)
  },
  examples: [
    { title: 'no-store', given: given({ fields: [['Cache-Control', 'no-store']] }), yields: [] },
    { title: 'a page', given: given(), yields: [servable] },
    {
      title: 'both extensions',
      given: given({ fields: [['Cache-Control', 'max-age=1, stale-while-revalidate=9, stale-if-error=9']] }),
      yields: [whileRevalidating, onError],
    },
    {
      title: 'a strict minute',
      given: given({ fields: [['Cache-Control', 'max-age=60, must-revalidate']] }),
      yields: [must],
    },
    {
      title: 'a strict now',
      given: given({ fields: [['Cache-Control', 'max-age=0, must-revalidate']] }),
      yields: [mustNow],
    },
    { title: 'a shared minute', given: given({ fields: [['Cache-Control', 's-maxage=60']] }), yields: [mustShared] },
    { title: 'a shared now', given: given({ fields: [['Cache-Control', 's-maxage=0']] }), yields: [mustSharedNow] },
    {
      title: 'Expires beside max-age',
      given: given({
        fields: [
          ['Cache-Control', 'max-age=60'],
          ['Expires', '0'],
        ],
      }),
      yields: [both, servable],
    },
  ],
})
