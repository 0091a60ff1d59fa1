import { waitFor } from '../../../kernel/index.ts'
import type { Row } from '../../engines/engine.ts'
import { DatabaseError, textOf } from '../../engines/engine.ts'
import type { AskingSession } from '../read-only-session.ts'
import type { ReadOptions } from '../reader.ts'
import type { MariadbNode, MariadbReplication, MariadbWritten } from './cluster.ts'
import { reaches } from './cluster.ts'
import { parseGtids } from './gtid.ts'

export async function writtenOf(session: AskingSession): Promise<MariadbWritten> {
  const [state] = await session.ask('SELECT @@gtid_binlog_state AS logged')
  const [end] = await session.ask('SHOW MASTER STATUS')
  return {
    logged: parseGtids(textOf(state?.['logged'])),
    logEnd: end === undefined ? undefined : { file: textOf(end['File']), position: Number(end['Position']) },
  }
}

const settings = `SELECT @@version AS version, @@server_id AS serverId, @@log_bin AS binaryLog,
  @@binlog_format AS binaryLogFormat, @@log_slave_updates AS logsUpdates, @@read_only AS readOnly,
  @@gtid_strict_mode AS gtidStrict, @@sync_binlog AS syncBinaryLog, @@innodb_flush_log_at_trx_commit AS flushAtCommit,
  @@rpl_semi_sync_master_enabled AS waits, @@rpl_semi_sync_master_timeout AS timeoutMs, @@gtid_slave_pos AS applied`

/**
 * Reads all that the checks want of one server.
 *
 * @throws DatabaseError when nothing can be said of the server
 */
export async function readNode(session: AskingSession, { node, patienceMs, blind }: ReadOptions): Promise<MariadbNode> {
  const [row = {}] = await session.ask(settings)
  const [semiSync] = await session.ask("SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync_master_status'")
  const [end] = await session.ask('SHOW MASTER STATUS')
  const on = (name: string): boolean => ['1', 'ON'].includes(textOf(row[name]))
  return {
    node,
    version: textOf(row['version']),
    serverId: Number(row['serverId']),
    binaryLog: on('binaryLog'),
    binaryLogFormat: textOf(row['binaryLogFormat']),
    logsUpdates: on('logsUpdates'),
    readOnly: on('readOnly'),
    gtidStrict: on('gtidStrict'),
    syncBinaryLog: Number(row['syncBinaryLog']),
    flushAtCommit: Number(row['flushAtCommit']),
    semiSync: { waits: on('waits'), active: textOf(semiSync?.['Value']) === 'ON', timeoutMs: Number(row['timeoutMs']) },
    appliedGtid: parseGtids(textOf(row['applied'])),
    logFilters: filtersOf(end ?? {}, ['Binlog_Do_DB', 'Binlog_Ignore_DB']),
    ...(await writtenOf(session)),
    replications: await readReplications(session, patienceMs),
    accounts: await accountsOf(node, session, blind),
  }
}

async function accountsOf(
  node: string,
  session: AskingSession,
  blind: (why: string) => void,
): Promise<readonly string[] | undefined> {
  try {
    const rows = await session.ask("SELECT DISTINCT User AS user FROM mysql.user WHERE Repl_slave_priv = 'Y'")
    return rows.map((row) => textOf(row['user']))
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.number === undefined) throw error
    blind(`${node}: the accounts cannot be seen (${error.message}); GRANT SELECT ON mysql.user`)
    return undefined
  }
}

async function readReplications(session: AskingSession, patienceMs: number): Promise<MariadbReplication[]> {
  const first = await statuses(session)
  const drained = await drainedWithin(session, first, patienceMs)
  return first.map((each) => ({ ...each, drains: drained.has(each.connection) }))
}

async function statuses(session: AskingSession): Promise<MariadbReplication[]> {
  return (await session.ask('SHOW ALL SLAVES STATUS')).map(replicationOf)
}

/** The connections that have applied, a moment later, what they had fetched at the first look. */
async function drainedWithin(
  session: AskingSession,
  first: readonly MariadbReplication[],
  patienceMs: number,
): Promise<ReadonlySet<string>> {
  const behind = first.filter(({ applied, fetched }) => !reaches(applied, fetched))
  const done = new Set(first.filter((each) => !behind.includes(each)).map(({ connection }) => connection))
  // One that has stopped applies nothing, however long one waits.
  const hoped = behind.filter(({ applying }) => applying === 'yes')
  if (hoped.length === 0) return done
  await waitFor(
    'what was fetched to be applied',
    async () => {
      for (const now of await statuses(session)) {
        const wanted = hoped.find(({ connection }) => connection === now.connection)
        if (wanted !== undefined && reaches(now.applied, wanted.fetched)) done.add(now.connection)
      }
      return hoped.every(({ connection }) => done.has(connection)) ? { done: true } : { seen: 'some is not' }
    },
    { deadlineMs: patienceMs },
    // That it is not applied is an answer here.
  ).catch(() => undefined)
  return done
}

const filterColumns = [
  'Replicate_Do_DB',
  'Replicate_Ignore_DB',
  'Replicate_Do_Table',
  'Replicate_Ignore_Table',
  'Replicate_Wild_Do_Table',
  'Replicate_Wild_Ignore_Table',
  'Replicate_Ignore_Server_Ids',
  'Replicate_Do_Domain_Ids',
  'Replicate_Ignore_Domain_Ids',
]

function replicationOf(row: Row): MariadbReplication {
  const text = (name: string): string => textOf(row[name])
  const receiving = text('Slave_IO_Running').toLowerCase()
  const [sql, io] = [Number(row['Last_SQL_Errno'] ?? 0), Number(row['Last_IO_Errno'] ?? 0)]
  const lag = row['Seconds_Behind_Master']
  return {
    connection: text('Connection_name'),
    source: `${text('Master_Host')}:${text('Master_Port')}`,
    sourceId: Number(row['Master_Server_Id'] ?? 0),
    user: text('Master_User'),
    receiving: receiving === 'yes' || receiving === 'no' ? receiving : 'connecting',
    applying: text('Slave_SQL_Running').toLowerCase() === 'yes' ? 'yes' : 'no',
    lagSeconds: lag === null || lag === undefined ? null : Number(lag),
    fetched: { file: text('Master_Log_File'), position: Number(row['Read_Master_Log_Pos'] ?? 0) },
    applied: { file: text('Relay_Master_Log_File'), position: Number(row['Exec_Master_Log_Pos'] ?? 0) },
    fetchedGtid: text('Using_Gtid') === 'No' ? [] : parseGtids(text('Gtid_IO_Pos')),
    drains: false,
    filters: filtersOf(row, filterColumns),
    error:
      sql > 0
        ? { number: sql, text: text('Last_SQL_Error') }
        : io > 0
          ? { number: io, text: text('Last_IO_Error') }
          : undefined,
  }
}

function filtersOf(row: Row, columns: readonly string[]): string[] {
  return columns
    .filter((name) => textOf(row[name]) !== '')
    .map((name) => `${name.toLowerCase()} = ${textOf(row[name])}`)
}
