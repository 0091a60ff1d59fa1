import { SeatrialError } from '../../kernel/index.ts'
import { mariadbDialect } from './dialects/mariadb.ts'
import { mysql57, mysql80, mysql84 } from './dialects/mysql.ts'
import type { Row, Session } from './engine.ts'
import { textOf } from './engine.ts'

/** How a replica finds its place in its source: by what it has, by a file and a position, or from the first log on. */
export type Place = 'gtid' | 'start' | { readonly file: string; readonly position: number }

export interface Source {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
}

/** What a server has carried out: a text that only its own dialect reads. */
export interface Executed {
  readonly gtids: string
  /** How the server's own transactions are marked in it. */
  readonly server: string
}

/**
 * The statements of one kind of server. MariaDB and MySQL before 8.4 say master and slave; MySQL 8.4 removed all of those
 * statements and says source and replica. GTIDs, read-only servers and filters differ between the two families.
 */
export interface Dialect {
  readonly id: 'mariadb' | 'mysql-5.7' | 'mysql-8.0' | 'mysql-8.4'
  /** Where it replicates from, without starting it. */
  readonly follow: (source: Source, place: Place) => string
  /** From here on by GTID, its source being what it was. */
  readonly followByGtid: string
  readonly start: string
  readonly stop: string
  readonly startApplying: string
  readonly stopApplying: string
  readonly stopFetching: string
  /** It was never a replica. */
  readonly forget: string
  /** Throws away its own logs and what it knows of GTIDs. */
  readonly resetLogs: string
  readonly replicaStatus: string
  /** A row of that with the columns that MariaDB gives, whatever the server calls them. */
  readonly statusRow: (row: Row) => Row
  /** `File` and `Position` of the end of its own log. */
  readonly logStatus: string
  /** Refuses the writes of everybody. */
  readonly close: string
  /** Refuses those of applications alone, so that a dump can be loaded. */
  readonly closeToApplications: readonly string[]
  /** What an operator does who writes on a server that refuses everybody; it stays closed to applications. */
  readonly letOperatorsIn: readonly string[]
  readonly open: string
  /** Puts this pattern of tables out of what it replicates; none any more when empty. Applying must stand still. */
  readonly ignoreTables: (pattern: string) => string
  /** What a server that was nobody's replica must be told before it follows by GTID. */
  readonly adoptOwnLog: readonly string[]
  /** What makes it forget what it applied, where `resetLogs` does not. */
  readonly forgetApplied: readonly string[]
  readonly semiSync: SemiSync
  /** `gtids` and `server`: what it has in its own log. */
  readonly executed: string
  /** Whether the first has transactions of its own server that the second has not. The session is any of this dialect. */
  readonly hasMore: (session: Session, own: Executed, other: Executed) => Promise<boolean>
  /** `gtids`: what it has carried out, by itself or as a replica. */
  readonly applied: string
  /** How many transactions a server has fetched or carried out, by its status row and what `applied` gave. */
  readonly fetched: (status: Row | undefined, applied: string) => number
  /** A command that prints what stands in the relay logs given to it after these transactions, as statements. */
  readonly readLogs: (after: string) => string
  /** The command that carries out statements. */
  readonly client: string
  /** `gtids`: where its log ends, as text to be compared for equality. */
  readonly position: string
}

/** Names of the settings and states of semi-synchronous replication. */
export interface SemiSync {
  readonly sourceEnabled: string
  readonly sourceTimeout: string
  readonly sourceWaitPoint: string
  readonly replicaEnabled: string
  /** `SHOW STATUS` with these before `_status` and `_wait_sessions`. */
  readonly statusPrefix: string
}

/**
 * The dialect of a server by what `SELECT VERSION()` gives: `10.11.19-MariaDB-deb12`, `8.4.3`.
 *
 * @throws SeatrialError `SEATRIAL_DIALECT` (unsettled: unsupported) for a server that is neither
 */
export function dialectFor(version: string): Dialect {
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)/.exec(version) ?? []
  const number = Number(major) * 100 + Number(minor)
  if (/mariadb/i.test(version)) return mariadbDialect
  if (number >= 804) return mysql84
  if (number >= 800) return mysql80
  if (number === 507) return mysql57
  throw new SeatrialError('SEATRIAL_DIALECT', `a server of version ${JSON.stringify(version)} is not known`, {
    mend: 'Drills speak to MariaDB 10.5 and later, and to MySQL 5.7 and later.',
    because: 'unsupported',
  })
}

const known = new WeakMap<Session, Promise<Dialect>>()

/** The dialect of the server at the other end; it is asked once a session. @throws as `dialectFor`, DatabaseError */
export function dialectOf(session: Session): Promise<Dialect> {
  const there = known.get(session)
  if (there !== undefined) return there
  const asked = session.query('SELECT VERSION() AS version').then(([row]) => dialectFor(textOf(row?.['version'])))
  known.set(session, asked)
  return asked
}
