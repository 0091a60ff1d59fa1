import type { ReplicaStatus } from '../../engines/engine.ts'
import type { ClusterHealth, NodeHealth } from '../health.ts'

/** What a live PostgreSQL cluster says of itself. Places in the WAL are bytes since its beginning. */

/** A row of `pg_stat_replication`: somebody who receives WAL from this node. */
export interface Sender {
  readonly name: string
  /** Where it comes from; empty through a Unix socket. */
  readonly address: string
  /** `streaming`, `catchup`, `startup`, `backup`, `stopping`. */
  readonly state: string
  /** `async`, `potential`, `sync`, `quorum`. */
  readonly sync: string
}

/** A row of `pg_replication_slots`. */
export interface Slot {
  readonly name: string
  readonly active: boolean
  /** `reserved`, `extended` (beyond max_wal_size), `unreserved`, `lost`; empty before it was ever used. */
  readonly state: string
  /** Bytes of WAL that the server keeps for it. */
  readonly heldBytes: number
}

/** A line of `pg_hba.conf` about replication, in the order of the file. */
export interface HbaLine {
  readonly users: readonly string[]
  /** An address, a host name, or `all`, `samehost`, `samenet`; empty of a line for Unix sockets. */
  readonly address: string
  readonly mask: string
  readonly method: string
}

export interface PostgresSettings {
  readonly walLevel: string
  readonly maxWalSenders: number
  readonly hotStandby: boolean
  readonly fsync: boolean
  readonly fullPageWrites: boolean
  readonly walLogHints: boolean
  readonly dataChecksums: boolean
  /** `on`, `off`, `local`, `remote_write`, `remote_apply`, as a new session has it. */
  readonly synchronousCommit: string
  readonly synchronousStandbyNames: string
  readonly archiveMode: string
  readonly defaultTransactionReadOnly: boolean
}

export interface PostgresNode extends NodeHealth {
  /** Nodes of one cluster have one; as text, because it has 64 bits. */
  readonly systemId: string
  readonly timeline: number
  /** Undefined of a primary. */
  readonly status: ReplicaStatus | undefined
  /** Where its WAL ends: written by a primary, received by a standby. */
  readonly end: number
  /** Up to where a standby has replayed; of a primary as `end`. */
  readonly replayed: number
  readonly settings: PostgresSettings
  /** The slot of its primary that a standby uses; empty when it uses none. */
  readonly slotUsed: string
  readonly senders: readonly Sender[]
  readonly slots: readonly Slot[]
  /** The last failure to archive, when nothing was archived since. */
  readonly archiveFailure: { readonly file: string; readonly count: number } | undefined
  /** Undefined where the login may not see them. */
  readonly hba: readonly HbaLine[] | undefined
}

export interface PostgresWritten {
  /** Bytes. */
  readonly end: number
}

export interface PostgresCluster extends ClusterHealth {
  readonly engine: 'postgres'
  readonly nodes: readonly PostgresNode[]
  /** What the primary had written before the standbys were asked. */
  readonly primaryBefore: PostgresWritten | undefined
  readonly primaryTimeline?: number
  /** What the standbys say of themselves, as drills read it too. */
  readonly statuses: readonly { readonly node: string; readonly status: ReplicaStatus | undefined }[]
}

/** How many of the named standbys a commit waits for; 0 when none is named. */
export function synchronousWanted({ synchronousStandbyNames: names }: PostgresSettings): number {
  if (names.trim() === '') return 0
  return Number(/^\s*(?:(?:FIRST|ANY)\s+)?(\d+)\s*\(/i.exec(names)?.[1] ?? 1)
}
