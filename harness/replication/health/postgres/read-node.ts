import { systemClock, waitFor } from '../../../kernel/index.ts'
import type { ReplicaStatus, Row } from '../../engines/engine.ts'
import { DatabaseError, textOf } from '../../engines/engine.ts'
import { standbyStatus } from '../../engines/postgres-status.ts'
import type { AskingSession } from '../read-only-session.ts'
import type { ReadOptions } from '../reader.ts'
import type { HbaLine, PostgresNode, PostgresSettings, PostgresWritten } from './cluster.ts'
import { readSenders, readSlots } from './read-followers.ts'

const names = `wal_level max_wal_senders hot_standby fsync full_page_writes wal_log_hints data_checksums synchronous_commit
  synchronous_standby_names archive_mode default_transaction_read_only server_version cluster_name primary_slot_name`

/** Bytes of WAL: to its end, and up to where it is replayed. Nothing is replayed on a primary. */
const placeQuery = `SELECT pg_is_in_recovery() AS standby,
  CASE WHEN pg_is_in_recovery() THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
    ELSE pg_current_wal_flush_lsn() END - '0/0'::pg_lsn AS end,
  CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() - '0/0'::pg_lsn END AS replayed,
  CASE WHEN NOT pg_is_in_recovery() THEN pg_walfile_name(pg_current_wal_lsn()) END AS file,
  (pg_control_system()).system_identifier::text AS system, host(inet_server_addr()) AS address,
  pg_has_role('pg_read_all_stats', 'usage') AND pg_has_role('pg_read_all_settings', 'usage') AS sees`

/** The password stands in primary_conninfo too, so that only its parts are asked for. */
const sourceQuery = `SELECT r.sender_host AS host, r.sender_port AS port, r.slot_name AS slot,
  extract(epoch FROM now() - r.last_msg_receipt_time) AS silent,
  substring(current_setting('primary_conninfo', true) from '\\mhost=(\\S+)') AS told_host,
  substring(current_setting('primary_conninfo', true) from '\\mport=(\\S+)') AS told_port,
  substring(current_setting('primary_conninfo', true) from '\\muser=(\\S+)') AS told_user,
  substring(current_setting('primary_conninfo', true) from '\\mapplication_name=(\\S+)') AS told_name
  FROM (SELECT 1) AS one LEFT JOIN pg_stat_wal_receiver AS r ON true`

/** A standby as its primary sees it; the pairs are found when all nodes were read. */
export interface ReadPostgresNode extends PostgresNode {
  /** Where the server is, as our connection found it; empty through a Unix socket. */
  readonly address: string
  /** By which a standby is listed in `pg_stat_replication`. */
  readonly name: string
  /** Seconds since a standby last heard of its primary; 0 when nobody can tell. */
  readonly silentSeconds: number
}

export async function writtenOf(session: AskingSession): Promise<PostgresWritten> {
  const [row] = await session.ask(placeQuery)
  return { end: Number(row?.['end']) }
}

/**
 * Reads all that the checks want of one server.
 *
 * @throws DatabaseError when nothing can be said of the server
 */
export async function readNode(
  session: AskingSession,
  { node, place, patienceMs, blind }: ReadOptions,
): Promise<ReadPostgresNode> {
  const [at = {}] = await session.ask(placeQuery)
  // What a plain role may not see is empty, which looks like nothing there.
  if (at['sees'] !== true) throw new DatabaseError('the login may not see all', undefined, { state: '42501' })
  const settings = await settingsOf(session)
  const first = await statusOf(session)
  const drained = first === undefined ? 0 : await drainedWithin(session, first, patienceMs)
  const [told = {}] = first === undefined ? [] : await session.ask(sourceQuery)
  const text = (name: string): string => textOf(told[name]).replace(/^'(.*)'$/, '$1')
  const file = textOf(at['file'])
  const end = Number(at['end'])
  const standby = first !== undefined
  return {
    node,
    version: settings('server_version'),
    serverId: place,
    systemId: textOf(at['system']),
    timeline: standby ? (first.timeline ?? 0) : Number.parseInt(file.slice(0, 8), 16),
    status: first,
    end,
    replayed: standby ? Number(at['replayed'] ?? 0) : end,
    readOnly: standby,
    settings: parsed(settings),
    slotUsed: standby ? text('slot') || settings('primary_slot_name') : '',
    address: textOf(at['address']),
    silentSeconds: Number(told['silent'] ?? 0),
    name: text('told_name') || settings('cluster_name') || 'walreceiver',
    replications: standby
      ? [
          {
            source: sourceText(text('host') || text('told_host'), text('port') || text('told_port')),
            sourceId: 0,
            user: text('told_user'),
            receiving: first.receiving,
            applying: first.applying,
            lagSeconds: lagOf(first, drained),
            drains: drained !== undefined,
            error: first.error,
          },
        ]
      : [],
    senders: await readSenders(session),
    slots: await readSlots(session, end),
    archiveFailure: await archiveFailureOf(session),
    accounts: await accountsOf(session),
    hba: await hbaOf(node, session, blind),
  }
}

function sourceText(host: string, port: string): string {
  return host === '' ? '' : `${host}:${port === '' ? 5432 : port}`
}

async function settingsOf(session: AskingSession): Promise<(name: string) => string> {
  const list = names.replaceAll(/\w+/g, "'$&',").replace(/,$/, '')
  const rows = await session.ask(`SELECT name, setting FROM pg_settings WHERE name IN (${list})`)
  const values = new Map(rows.map((row) => [textOf(row['name']), textOf(row['setting'])]))
  return (name) => values.get(name) ?? ''
}

function parsed(setting: (name: string) => string): PostgresSettings {
  const on = (name: string): boolean => setting(name) === 'on'
  return {
    walLevel: setting('wal_level'),
    maxWalSenders: Number(setting('max_wal_senders')),
    hotStandby: on('hot_standby'),
    fsync: on('fsync'),
    fullPageWrites: on('full_page_writes'),
    walLogHints: on('wal_log_hints'),
    dataChecksums: on('data_checksums'),
    synchronousCommit: setting('synchronous_commit'),
    synchronousStandbyNames: setting('synchronous_standby_names'),
    archiveMode: setting('archive_mode'),
    defaultTransactionReadOnly: on('default_transaction_read_only'),
  }
}

async function statusOf(session: AskingSession): Promise<ReplicaStatus | undefined> {
  return standbyStatus({ query: session.ask, [Symbol.asyncDispose]: () => session[Symbol.asyncDispose]() })
}

/**
 * Seconds. A standby reckons from the last commit that it replayed, which on an idle cluster was hours ago: between the
 * arrival of a record and its replay it would say hours. What was replayed while we looked was not older than that look.
 * One that receives nothing says 0, having replayed all that it ever received; nobody can tell.
 */
function lagOf({ receiving, lagSeconds }: ReplicaStatus, drained: number | undefined): number | null {
  if (receiving !== 'yes') return null
  return drained === undefined ? lagSeconds : Math.min(lagSeconds ?? drained, drained)
}

/** Seconds until a standby had replayed what it had received at the first look; undefined when that was too long. */
async function drainedWithin(
  session: AskingSession,
  first: ReplicaStatus,
  patienceMs: number,
): Promise<number | undefined> {
  const wanted = bytesOf(first.received)
  if (bytesOf(first.applied) >= wanted) return 0
  // A replay that is paused goes no further, however long one waits.
  if (first.applying === 'no') return undefined
  const began = systemClock.elapsed()
  return waitFor(
    'what was received to be replayed',
    async () => {
      const now = await statusOf(session)
      return now === undefined || bytesOf(now.applied) >= wanted
        ? { done: (systemClock.elapsed() - began) / 1_000 }
        : { seen: now.applied }
    },
    { deadlineMs: patienceMs },
    // That it is not replayed is an answer here.
  ).catch(() => undefined)
}

/** `1/4D0F2A8`, as bytes. */
function bytesOf(lsn: string): number {
  const [high = '0', low = '0'] = lsn.split('/')
  return Number.parseInt(high, 16) * 2 ** 32 + Number.parseInt(low, 16)
}

async function archiveFailureOf(session: AskingSession): Promise<PostgresNode['archiveFailure']> {
  const [row] = await session.ask(`SELECT last_failed_wal AS file, failed_count AS count FROM pg_stat_archiver
    WHERE last_failed_time > coalesce(last_archived_time, '-infinity')`)
  return row === undefined ? undefined : { file: textOf(row['file']), count: Number(row['count']) }
}

async function accountsOf(session: AskingSession): Promise<readonly string[]> {
  const rows = await session.ask(`SELECT rolname AS name FROM pg_roles WHERE rolcanlogin
    AND (rolreplication OR rolsuper) AND coalesce(rolvaliduntil, 'infinity') > now()`)
  return rows.map((row) => textOf(row['name']))
}

async function hbaOf(
  node: string,
  session: AskingSession,
  blind: (why: string) => void,
): Promise<readonly HbaLine[] | undefined> {
  try {
    const rows = await session.ask(`SELECT type, user_name AS users, address, netmask AS mask, auth_method AS method
      FROM pg_hba_file_rules WHERE error IS NULL AND 'replication' = ANY (database) ORDER BY line_number`)
    return rows.map(hbaLineOf)
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.state !== '42501') throw error
    const grants = 'GRANT SELECT ON pg_hba_file_rules and EXECUTE ON FUNCTION pg_hba_file_rules() to it'
    blind(`${node}: nobody can tell whether pg_hba.conf lets replicas log in (${error.message}); ${grants}`)
    return undefined
  }
}

function hbaLineOf(row: Row): HbaLine {
  const users: unknown = row['users']
  return {
    users: Array.isArray(users) ? users.map(textOf) : [],
    address: textOf(row['type']) === 'local' ? '' : textOf(row['address']),
    mask: textOf(row['mask']),
    method: textOf(row['method']),
  }
}
