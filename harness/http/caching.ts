import { currentAge, heuristicStatuses, originated } from './cacheability.ts'
import type { CacheControl } from './grammar/cache-control.ts'
import { cacheControlOf } from './grammar/cache-control.ts'
import { readHttpDate } from './grammar/http-date.ts'
import { splitList } from './grammar/list.ts'
import type { Message } from './message.ts'

/** Who may keep a response, and why (RFC 9111 section 3). */
export type Storing =
  | { readonly who: 'not-asked'; readonly why: 'method' | 'vary' }
  | { readonly who: 'nobody'; readonly why: 'no-store' | 'nothing-says-so' }
  | { readonly who: 'private'; readonly why: 'private' | 'authorization' }
  | { readonly who: 'everybody'; readonly why: 'authorization' | 'said' }
  | { readonly who: 'shared-only'; readonly why: 's-maxage' }

/** What a cache makes of a response: one reading for all checks that ask. */
export interface Caching {
  readonly directives: CacheControl
  readonly storing: Storing
  /** Seconds (RFC 9111 section 4.2.3). */
  readonly age: number
  /** Seconds of max-age and s-maxage, where they are read. */
  readonly maxAge: number | undefined
  readonly sharedMaxAge: number | undefined
  /** Some field says how long it is fresh; an Expires that is no date says "not at all". */
  readonly explicit: boolean
  /** Seconds of freshness; 0 where nothing is said for that kind of cache. */
  readonly lifetime: { readonly private: number; readonly shared: number }
}

let last: { readonly message: Message; readonly reading: Caching } | undefined

/** The reading of one message. Checks ask one after the other, so the last one is kept. */
export function cachingOf(message: Message): Caching {
  if (last?.message !== message) last = { message, reading: read(message) }
  return last.reading
}

/** True where some cache may keep the response. */
export function isStorable(message: Message): boolean {
  const { who } = cachingOf(message).storing
  return who !== 'not-asked' && who !== 'nobody'
}

function read(message: Message): Caching {
  const { response, now } = message
  const directives = cacheControlOf(response.fields)
  const [expires] = response.fields.all('expires')
  const until = expires === undefined ? undefined : readHttpDate(expires, now)?.ms
  // What is no date is a time in the past (RFC 9111 section 5.3): 1970.
  const byExpires = expires === undefined ? undefined : ((until ?? 0) - originated(message)) / 1000
  const maxAge = timeOf(directives, 'max-age')
  const shared = timeOf(directives, 's-maxage')
  const own = maxAge ?? byExpires
  return {
    directives,
    storing: storingOf(message, directives, until !== undefined),
    age: currentAge(message),
    maxAge,
    sharedMaxAge: shared,
    explicit: own !== undefined || shared !== undefined,
    lifetime: { private: own ?? 0, shared: shared ?? own ?? 0 },
  }
}

/**
 * The seconds of a directive; undefined where none of that name has any. A negative time is no time,
 * and asks for a response that is stale at once. Where a directive stands more than once, a cache
 * takes the first or takes the response as stale (RFC 9111 section 4.2.1): the shortest time does
 * neither more than that, and a first one that is no number is stale.
 */
function timeOf({ directives }: CacheControl, name: string): number | undefined {
  const times = directives.filter((each) => each.name === name).map(({ value }) => wholeSeconds(value))
  const known = times.filter((time) => time !== undefined)
  if (known.length === 0) return undefined
  return times[0] === undefined ? 0 : Math.min(...known)
}

function wholeSeconds(value: string | undefined): number | undefined {
  return value === undefined || !/^-?\d+$/.test(value) ? undefined : Math.max(Number(value), 0)
}

function storingOf({ request, response }: Message, directives: CacheControl, expires: boolean): Storing {
  const vary = response.fields.get('vary')
  if (vary !== undefined && splitList(vary).includes('*')) return { who: 'not-asked', why: 'vary' }
  if (request.method !== 'GET' && request.method !== 'HEAD') return { who: 'not-asked', why: 'method' }
  if (directives.has('no-store')) return { who: 'nobody', why: 'no-store' }
  if (directives.has('private')) return { who: 'private', why: 'private' }
  if (request.fields.has('authorization')) {
    const allowed =
      directives.has('public') || directives.has('must-revalidate') || timeOf(directives, 's-maxage') !== undefined
    return { who: allowed ? 'everybody' : 'private', why: 'authorization' }
  }
  const said = directives.has('public') || expires || timeOf(directives, 'max-age') !== undefined
  if (said || heuristicStatuses.has(response.status)) return { who: 'everybody', why: 'said' }
  if (timeOf(directives, 's-maxage') !== undefined) return { who: 'shared-only', why: 's-maxage' }
  return { who: 'nobody', why: 'nothing-says-so' }
}
