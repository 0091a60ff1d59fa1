import { check, rfc, rule } from '../../kernel/index.ts'
import { cachingOf } from '../caching.ts'
import { cacheControlOf } from '../grammar/cache-control.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.cache-control'

const publicPrivate = rule({
  id: 'http/cache-control-conflict-public-private',
  level: 'warning',
  reference: rfc(9111, '5.2.2.7'),
  says: () => 'Cache-Control says public and private at once.',
  wants: 'A response is for shared caches or it is not.',
  remedy: 'Keep private for what belongs to one user, otherwise public.',
  aka: { redbot: 'STORE_PRIVATE_PUBLIC_CONFLICT' },
})

const noStore = rule({
  id: 'http/cache-control-conflict-no-store',
  level: 'warning',
  reference: rfc(9111, '5.2.2.5'),
  says: (e: { others: string }) => `Cache-Control says no-store, so ${e.others} means nothing.`,
  wants: 'A response that nobody may store gives no time to store it for.',
  remedy: 'Decide: no-store alone, or the time without no-store.',
})

const revalidateStale = rule({
  id: 'http/cache-control-conflict-stale',
  level: 'warning',
  reference: rfc(9111, '4.2.4'),
  says: (e: { forbids: string; allows: string }) =>
    `Cache-Control says ${e.forbids}, which forbids what ${e.allows} allows.`,
  wants: 'Serving stale is either allowed or forbidden.',
  remedy: 'Remove one of the two.',
})

const duplicate = rule({
  id: 'http/cache-control-conflict-duplicate',
  level: 'warning',
  reference: rfc(9111, '4.2.1'),
  says: (e: { directive: string; values: readonly string[] }) =>
    `Cache-Control gives ${e.directive} more than once: ${e.values.join(', ')}.`,
  wants: 'Each directive is given once.',
  remedy: 'Find the second place that adds Cache-Control, often a proxy, and let one of them decide.',
})

/** Directives of Cache-Control that fight each other (RFC 9111 sections 4.2 and 5.2.2). */
export const cacheControlConflict = check({
  id: 'http/cache-control-conflict',
  rules: [publicPrivate, noStore, revalidateStale, duplicate],
  applies: ({ response }) => response.fields.has('cache-control'),
  *run(message: Message) {
    const { response } = message
    const { directives, has, seconds } = cacheControlOf(response.fields)
    if (directives.length < 2) return
    // private="field" and no-cache="field" speak of fields, not of the response.
    const forOne = directives.some(({ name, value }) => name === 'private' && value === undefined)
    // Where nobody may keep it there is nothing to fight about.
    if (has('public') && forOne && cachingOf(message).storing.who === 'private') {
      yield publicPrivate.at(place)
    }
    const kept = ['max-age', 's-maxage', 'stale-while-revalidate', 'stale-if-error'].filter(
      (name) => (seconds(name) ?? 0) > 0,
    )
    const others = [...(has('public') ? ['public'] : []), ...(has('immutable') ? ['immutable'] : []), ...kept]
    // With must-understand, no-store is meant for caches that do not know the status (section 5.2.2.3).
    if (has('no-store') && !has('must-understand') && others.length > 0) {
      yield noStore.at(place, { others: others.join(', ') })
    }
    const forbids = ['must-revalidate', 'no-cache'].find((name) => has(name) && !has('no-store'))
    const allows = ['stale-while-revalidate', 'stale-if-error'].find((name) => (seconds(name) ?? 0) > 0)
    if (forbids !== undefined && allows !== undefined) yield revalidateStale.at(place, { forbids, allows })
    for (const name of ['max-age', 's-maxage', 'stale-while-revalidate', 'stale-if-error']) {
      const values = directives.filter((each) => each.name === name).map(({ value = '' }) => value)
      if (new Set(values).size > 1)
        yield duplicate.at(place, { directive: name, values: values.slice(0, 5).map((v) => v.slice(0, 20)) })
    }
  },
  examples: [
    {
      title: 'PHP, which is thorough',
      given: given({ fields: [['Cache-Control', 'no-store, no-cache, must-revalidate, max-age=0']] }),
      yields: [],
    },
    {
      title: 'the same time twice',
      given: given({ fields: [['Cache-Control', 'max-age=60, max-age=60']] }),
      yields: [],
    },
    {
      title: 'public and private of an answer to POST, which is not kept anyway',
      given: given({ method: 'POST', fields: [['Cache-Control', 'public, private']] }),
      yields: [],
    },
    {
      title: 'private for one field',
      given: given({ fields: [['Cache-Control', 'public, private="Set-Cookie"']] }),
      yields: [],
    },
    {
      title: 'no-store to be understood',
      given: given({ fields: [['Cache-Control', 'must-understand, no-store, max-age=60']] }),
      yields: [],
    },
    {
      title: 'public, private',
      given: given({ fields: [['Cache-Control', 'public, private']] }),
      yields: [publicPrivate],
    },
    {
      title: 'no-store for a minute',
      given: given({ fields: [['Cache-Control', 'no-store, max-age=60']] }),
      yields: [noStore],
    },
    {
      title: 'stale forbidden and allowed',
      given: given({ fields: [['Cache-Control', 'max-age=1, must-revalidate, stale-while-revalidate=60']] }),
      yields: [revalidateStale],
    },
    {
      title: 'two times on two lines',
      given: given({
        fields: [
          ['Cache-Control', 'max-age=60'],
          ['Cache-Control', 'max-age=0'],
        ],
      }),
      yields: [duplicate],
    },
  ],
})
