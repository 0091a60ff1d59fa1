import type { GtidSet } from './gtid.ts'

/** What a live cluster says of itself, as plain data: the checks of the pre-flight judge it. */

/** A place in a server's binary log. */
export interface LogPlace {
  readonly file: string
  readonly position: number
}

/** One connection of a replica to a source: a row of `SHOW ALL SLAVES STATUS`. */
export interface Replication {
  /** Its name; empty for the only one that most replicas have. */
  readonly connection: string
  /** `host:port`, as the replica was told. */
  readonly source: string
  /** 0 when it was never connected. */
  readonly sourceId: number
  /** The account with which it logs in to its source. */
  readonly user: string
  /** The thread that fetches. */
  readonly receiving: 'yes' | 'no' | 'connecting'
  /** The thread that applies. */
  readonly applying: 'yes' | 'no'
  /** Seconds; null when the server answers NULL. */
  readonly lagSeconds: number | null
  /** How far it has fetched and applied, in the source's binary log. */
  readonly fetched: LogPlace
  readonly applied: LogPlace
  /** What it has fetched by GTID; empty when it follows by file and position. */
  readonly fetchedGtid: GtidSet
  /** True when what was fetched at the first look was applied within the patience of the pre-flight. */
  readonly drains: boolean
  /** Its filters, as `option = value`. */
  readonly filters: readonly string[]
  readonly error: { readonly number: number; readonly text: string } | undefined
}

export interface SemiSync {
  /** `rpl_semi_sync_master_enabled` and `Rpl_semi_sync_master_status`. */
  readonly waits: boolean
  readonly active: boolean
  readonly timeoutMs: number
}

/** One server that answered. */
export interface NodeHealth {
  /** `host:port`, as the user named it. */
  readonly node: string
  readonly version: string
  readonly serverId: number
  readonly binaryLog: boolean
  /** `ROW`, `MIXED` or `STATEMENT`. */
  readonly binaryLogFormat: string
  /** It writes what it applies into its own log (`log_slave_updates`). */
  readonly logsUpdates: boolean
  readonly readOnly: boolean
  readonly gtidStrict: boolean
  /** `sync_binlog` and `innodb_flush_log_at_trx_commit`. */
  readonly syncBinaryLog: number
  readonly flushAtCommit: number
  readonly semiSync: SemiSync
  /** `gtid_binlog_state`: the last of every domain and server in its log. */
  readonly logged: GtidSet
  /** `gtid_slave_pos`: the last of every domain that it applied as a replica. */
  readonly appliedGtid: GtidSet
  /** Where its own log ends; undefined without one. */
  readonly logEnd: LogPlace | undefined
  /** `binlog_do_db` and `binlog_ignore_db`, as `option = value`. */
  readonly logFilters: readonly string[]
  readonly replications: readonly Replication[]
  /** Names of accounts with REPLICATION SLAVE; undefined where the login may not see them. */
  readonly accounts: readonly string[] | undefined
}

export interface ClusterHealth {
  /** In the order in which the user named them; those that did not answer are left out. */
  readonly nodes: readonly NodeHealth[]
  /** The node that others follow and that follows nobody; undefined when none of those that answered is it. */
  readonly primary: string | undefined
  /** What the primary had before the replicas were asked: what they have not fetched of it, is behind. */
  readonly primaryBefore: { readonly logged: GtidSet; readonly logEnd: LogPlace | undefined } | undefined
  /** Seconds of lag that are still acceptable. */
  readonly maxLagSeconds: number
}

/** The replicas of a cluster. */
export function replicasOf(cluster: ClusterHealth): readonly NodeHealth[] {
  return cluster.nodes.filter(({ replications }) => replications.length > 0)
}

export function primaryOf({ nodes, primary }: ClusterHealth): NodeHealth | undefined {
  return nodes.find(({ node }) => node === primary)
}

/** True when `place` is not before `other` in the same log. */
export function reaches(place: LogPlace, other: LogPlace): boolean {
  const [own, wanted] = [numberOf(place.file), numberOf(other.file)]
  return own > wanted || (own === wanted && place.position >= other.position)
}

/** Logs are numbered: `binlog.000012`. */
function numberOf(file: string): number {
  return Number(/\.(\d+)$/.exec(file)?.[1] ?? 0)
}
