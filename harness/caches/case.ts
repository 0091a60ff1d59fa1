import type { Reference, RuleId } from '../kernel/index.ts'

/**
 * What a case asks of a cache.
 * - `required`: a MUST of the RFC; another outcome is an error
 * - `optional`: what a good cache does and may leave; another outcome is a warning
 * - `observation`: the RFC leaves it open, or nobody agrees; another outcome is worth knowing
 */
export type CaseLevel = 'required' | 'optional' | 'observation'

/** Field lines. Values may hold `{start+10}`, `{start-10 rfc850}`, `{now-10}` (dates) and `{here}` (the case's path). */
export type FieldPairs = readonly (readonly [name: string, value: string])[]

/** What the origin answers when a request gets through to it. */
export interface Answer {
  /** 200 unless said. */
  readonly status?: number
  readonly reason?: string
  /** `Date` and `Content-Type` are added unless given. */
  readonly fields?: FieldPairs
  /** Content that is unique to the answer unless said: that is how a stored answer is known again. */
  readonly body?: string
  readonly delayMs?: number
  /** A request with Range gets a 206 with that part of the body, as a file server does it. */
  readonly ranged?: boolean
  /** 304 to a request that names a validator of an earlier answer. */
  readonly conditional?: boolean
  readonly interim?: readonly { readonly status: number; readonly fields?: FieldPairs }[]
  readonly trailers?: FieldPairs
  readonly chunked?: boolean
  /** `disconnect`: no byte comes; `short`: the content ends before its length. */
  readonly ends?: 'disconnect' | 'short'
}

/**
 * Where a response came from.
 * - `cache`: an answer to an earlier request
 * - `origin`: the answer to this very request
 * - `validation`: an earlier answer, after the origin said 304 to this request
 * - `not-cache`: anything but an earlier answer reused without asking
 */
export type From = 'cache' | 'origin' | 'validation' | 'not-cache'

/** What is wanted of one response, and of the request that the origin saw for it. */
export interface Wanted {
  readonly from?: From
  /** Number of the request whose answer is served, where several are stored. */
  readonly answerOf?: number
  /** With `validation`: what the cache has to ask with. */
  readonly validator?: 'etag' | 'last-modified'
  readonly status?: number | readonly number[]
  readonly fields?: FieldPairs
  readonly absent?: readonly string[]
  readonly present?: readonly string[]
  /** Fields that must be as the origin sent them with the answer that is served. */
  readonly kept?: readonly string[]
  /** Least and greatest `Age`, seconds. */
  readonly age?: readonly [least: number, greatest: number]
  readonly body?: string
  readonly interim?: readonly number[]
  readonly trailers?: FieldPairs
  readonly asked?: { readonly method?: string; readonly fields?: FieldPairs; readonly absent?: readonly string[] }
  /** How many requests of the client with this number the origin saw. */
  readonly askedTimes?: number
}

export interface CaseRequest {
  /** Seconds that pass after the answer to the request before, while other cases go on. */
  readonly after?: number
  /** Sent without waiting for the answer to the request before: `after` then counts from when that was sent. */
  readonly alongside?: boolean
  readonly method?: string
  /** Appended to the path of the case: `?a=1`, `/other`. */
  readonly at?: string
  readonly fields?: FieldPairs
  readonly body?: string
  readonly answer?: Answer
  /** Without this nothing can be judged: another outcome is unsettled. */
  readonly given?: Wanted
  /** What the case is about: another outcome is a failure. */
  readonly expect?: Wanted
}

/** One behaviour of a cache, as data. */
export interface CacheCase {
  readonly id: RuleId
  /** The behaviour wanted, as one sentence. */
  readonly title: string
  readonly level: CaseLevel
  readonly reference: Reference
  readonly aka?: Readonly<Record<string, string>>
  /** Cases that must pass before this one says anything. */
  readonly needs?: readonly RuleId[]
  readonly requests: readonly CaseRequest[]
}

/** What a request needs before it can be judged: what it says, or that the origin's answer came through. */
export function givenOf(request: CaseRequest): Wanted {
  if (request.given !== undefined) return request.given
  return request.expect === undefined ? { from: 'origin', status: request.answer?.status ?? 200 } : {}
}
