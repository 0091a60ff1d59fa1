import type { Counts } from './copies/ledger.ts'
import type { Latency } from './noise/latency.ts'
import type { Weighed } from './noise/weigh.ts'

/** What a mirror saw until now; plain data, which its checks judge. */
export interface MirrorSeen {
  readonly candidate: string
  readonly counts: Counts
  /** Pairs that were compared. */
  readonly pairs: number
  readonly weighed: Weighed
  /** Requests that were asked once more, at the primary and the candidate. */
  readonly askedAgain: number
  /** Why the candidate did not answer, the most frequent reason first. */
  readonly unanswered: readonly Unanswered[]
  /** Against a second primary where there is one, which gets its copy at the same time; else against the primary. */
  readonly latency: Latency | undefined
  /** How much slower the candidate may be: a multiple. */
  readonly slowest: number
}

export interface Unanswered {
  readonly why: string
  readonly count: number
  /** The first request that it happened to. */
  readonly curl: string
}
