import type { LastWrite } from './gtid.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

/**
 * When a read may go to a replica. `at-once`: always, as naive splitting does. `wait`: once the replica has the last
 * write that any client of the splitter was told of, for which it waits a moment (MASTER_GTID_WAIT), and else at the
 * primary. `stick`: at the primary until the replica has it, without waiting.
 */
export type ReadAfter = 'at-once' | 'wait' | 'stick'

/** Where a splitter leads to at the moment. */
export interface Leading {
  readonly primary: Address
  readonly replicas: readonly Address[]
}

export interface SplitterCounts {
  /** Reads that a replica answered. */
  atReplica: number
  /** Reads that could have gone to a replica, and went to the primary because no replica had the last write. */
  turned: number
}

/** What sessions of one splitter have in common. */
export interface Shared {
  leading: Leading
  readonly after: ReadAfter
  readonly passwords: Readonly<Record<string, string>>
  readonly last: LastWrite
  readonly counts: SplitterCounts
  /** Counts up with every read, so that replicas take turns. */
  turn: number
}
