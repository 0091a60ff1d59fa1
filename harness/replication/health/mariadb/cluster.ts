import type { ClusterHealth, NodeHealth, Replication } from '../health.ts'
import type { GtidSet } from './gtid.ts'

/** What a live MariaDB cluster says of itself. */

/** A place in a server's binary log. */
export interface LogPlace {
  readonly file: string
  readonly position: number
}

/** One connection of a replica to a source: a row of `SHOW ALL SLAVES STATUS`. */
export interface MariadbReplication extends Replication {
  /** Its name; empty for the only one that most replicas have. */
  readonly connection: string
  /** How far it has fetched and applied, in the source's binary log. */
  readonly fetched: LogPlace
  readonly applied: LogPlace
  /** What it has fetched by GTID; empty when it follows by file and position. */
  readonly fetchedGtid: GtidSet
  /** Its filters, as `option = value`. */
  readonly filters: readonly string[]
}

export interface SemiSync {
  /** `rpl_semi_sync_master_enabled` and `Rpl_semi_sync_master_status`. */
  readonly waits: boolean
  readonly active: boolean
  readonly timeoutMs: number
}

/** What a server has written so far. */
export interface MariadbWritten {
  /** `gtid_binlog_state`: the last of every domain and server in its log. */
  readonly logged: GtidSet
  /** Where its own log ends; undefined without one. */
  readonly logEnd: LogPlace | undefined
}

/** One server that answered. */
export interface MariadbNode extends NodeHealth, MariadbWritten {
  readonly binaryLog: boolean
  /** `ROW`, `MIXED` or `STATEMENT`. */
  readonly binaryLogFormat: string
  /** It writes what it applies into its own log (`log_slave_updates`). */
  readonly logsUpdates: boolean
  readonly gtidStrict: boolean
  /** `sync_binlog` and `innodb_flush_log_at_trx_commit`. */
  readonly syncBinaryLog: number
  readonly flushAtCommit: number
  readonly semiSync: SemiSync
  /** `gtid_slave_pos`: the last of every domain that it applied as a replica. */
  readonly appliedGtid: GtidSet
  /** `binlog_do_db` and `binlog_ignore_db`, as `option = value`. */
  readonly logFilters: readonly string[]
  readonly replications: readonly MariadbReplication[]
}

export interface MariadbCluster extends ClusterHealth {
  readonly engine: 'mariadb'
  readonly nodes: readonly MariadbNode[]
  /** What the primary had before the replicas were asked: what they have not fetched of it, is behind. */
  readonly primaryBefore: MariadbWritten | undefined
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
