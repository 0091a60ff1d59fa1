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
  /** Where the requests came out of a file. */
  readonly replay?: ReplaySeen
}

/** What a replay saw of its file, and how it went. */
export interface ReplaySeen {
  readonly file: string
  /** What people call its format. */
  readonly format: string
  /** What such a file never holds. */
  readonly lacks: readonly string[]
  readonly unread: {
    readonly count: number
    /** The first ones. */
    readonly first: readonly { readonly where: string; readonly why: string }[]
  }
  /** Requests that were sent without fields that are hidden in the file. */
  readonly stripped: number
  /** Requests whose turn was over when the file came to them. */
  readonly outOfOrder: number
  /** Requests of which the file tells the second alone; they were spread over it. */
  readonly ofWholeSeconds: number
  /** Whether the candidate was compared with the answers of the file, and not with a primary that runs. */
  readonly withRecorded: boolean
  /** Requests that were sent. */
  readonly sent: number
  /** Those that waited for an earlier answer of their connection past their time. */
  readonly heldBack: number
  /** How late the others went out, in milliseconds; undefined where no pauses were kept. */
  readonly late: { readonly p50: number; readonly max: number } | undefined
  /** Whether it was ended before the end of its file. */
  readonly interrupted: boolean
}

export interface Unanswered {
  readonly why: string
  readonly count: number
  /** The first request that it happened to. */
  readonly curl: string
}
