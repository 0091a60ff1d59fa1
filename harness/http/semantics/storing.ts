import { check, rfc, rule } from '../../kernel/index.ts'
import { cachingOf } from '../caching.ts'
import { heuristicStatuses } from '../cacheability.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.cache-control'

const noStore = note(
  'http/storing-no-store',
  'STORE_NO_STORE',
  rfc(9111, '5.2.2.5'),
  () => 'No cache may keep the response: no-store.',
)
const privateOnly = note(
  'http/storing-private',
  'STORE_PRIVATE_CC',
  rfc(9111, '5.2.2.7'),
  () => 'Only private caches may keep the response: private.',
)
const authorized = note(
  'http/storing-authorized',
  'STORE_PRIVATE_AUTH',
  rfc(9111, '3.5'),
  () => 'Only private caches may keep the response, because the request had Authorization.',
)
const authorizedShared = note(
  'http/storing-authorized-shared',
  'STORE_PUBLIC_AUTH',
  rfc(9111, '3.5'),
  () => 'All caches may keep the response although the request had Authorization.',
)
const storable = note(
  'http/storing-allowed',
  'STORE_STORABLE',
  rfc(9111, '3'),
  () => 'All caches may keep the response.',
)
const sharedOnly = note(
  'http/storing-shared-only',
  'STORE_STORABLE_SHARED_ONLY',
  rfc(9111, '3'),
  () => 'Only shared caches may keep the response: nothing but s-maxage allows it.',
)
const unstorable = note(
  'http/storing-unsaid',
  'STORE_UNSTORABLE',
  rfc(9111, '3'),
  (e: { status: number }) => `No cache keeps the response: nothing allows it for a ${e.status}.`,
)
const needless = rule({
  id: 'http/storing-public-needless',
  level: 'info',
  reference: rfc(9111, '5.2.2.9'),
  says: () => 'Cache-Control says public, and the response may be kept without it.',
  wants: 'public is for responses that could not be kept otherwise.',
  remedy: 'Drop public; answers to requests with Authorization are what needs it.',
  aka: { redbot: 'STORE_PUBLIC_UNNECESSARY' },
})

/** Who may keep the response (RFC 9111 section 3). */
export const storing = check({
  id: 'http/storing',
  rules: [noStore, privateOnly, authorized, authorizedShared, storable, sharedOnly, unstorable, needless],
  *run(message: Message) {
    const { storing: found, explicit, sharedMaxAge, directives } = cachingOf(message)
    const { status } = message.response
    if (found.who === 'nobody') {
      yield found.why === 'no-store' ? noStore.at(place) : unstorable.at(place, { status })
    } else if (found.who === 'private') yield (found.why === 'private' ? privateOnly : authorized).at(place)
    else if (found.who === 'shared-only') yield sharedOnly.at(place)
    else if (found.who === 'everybody') yield (found.why === 'said' ? storable : authorizedShared).at(place)
    // An answer to a request with Authorization needs public, unless another directive allows as much (section 3.5).
    const alsoAllowed = directives.has('must-revalidate') || sharedMaxAge !== undefined
    const needed = found.why === 'authorization' && !alsoAllowed
    const asked = found.who === 'everybody' || found.who === 'private'
    const otherwise = explicit || heuristicStatuses.has(status)
    if (asked && !needed && otherwise && directives.has('public') && !directives.has('no-cache'))
      yield needless.at(place)
  },
  examples: [
    { title: 'an answer to POST', given: given({ method: 'POST' }), yields: [] },
    { title: 'Vary: *', given: given({ fields: [['Vary', '*']] }), yields: [] },
    { title: 'no-store', given: given({ fields: [['Cache-Control', 'no-store']] }), yields: [noStore] },
    { title: 'private', given: given({ fields: [['Cache-Control', 'private']] }), yields: [privateOnly] },
    {
      title: 'an answer to one user',
      given: given({ requestFields: [['Authorization', 'Basic YQ==']] }),
      yields: [authorized],
    },
    {
      title: 'an answer to one user that all may have',
      given: given({ requestFields: [['Authorization', 'Basic YQ==']], fields: [['Cache-Control', 's-maxage=9']] }),
      yields: [authorizedShared],
    },
    { title: 'a page', given: given(), yields: [storable] },
    {
      title: 'a found page elsewhere, for shared caches',
      given: given({ status: 302, fields: [['Cache-Control', 's-maxage=9']] }),
      yields: [sharedOnly],
    },
    { title: 'a plain 302', given: given({ status: 302 }), yields: [unstorable] },
    {
      title: 'public for a minute',
      given: given({ fields: [['Cache-Control', 'public, max-age=60']] }),
      yields: [storable, needless],
    },
    {
      title: 'public for one user',
      given: given({ fields: [['Cache-Control', 'public, private']] }),
      yields: [privateOnly, needless],
    },
    {
      title: 'public, and asked for each time',
      given: given({ fields: [['Cache-Control', 'public, no-cache']] }),
      yields: [storable],
    },
    {
      title: 'public, which an answer to one user needs',
      given: given({
        requestFields: [['Authorization', 'Basic YQ==']],
        fields: [['Cache-Control', 'public, max-age=9']],
      }),
      yields: [authorizedShared],
    },
    {
      title: 'public beside what allows as much',
      given: given({
        requestFields: [['Authorization', 'Basic YQ==']],
        fields: [['Cache-Control', 'public, s-maxage=9']],
      }),
      yields: [authorizedShared, needless],
    },
  ],
})
