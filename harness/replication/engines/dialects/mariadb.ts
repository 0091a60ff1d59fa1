import type { Dialect } from '../dialect.ts'
import { textOf } from '../engine.ts'
import { changeSource, inWords, literal } from './words.ts'

const words = { source: 'MASTER', replica: 'SLAVE' } as const

/** MariaDB 10.5 and later. Sources: "CHANGE MASTER TO" and "Global Transaction ID" in mariadb.com/kb. */
export const mariadbDialect: Dialect = {
  id: 'mariadb',
  ...inWords(words),
  follow(source, place) {
    const at =
      place === 'gtid'
        ? ['MASTER_USE_GTID = slave_pos']
        : place === 'start'
          ? ['MASTER_USE_GTID = no']
          : [`MASTER_LOG_FILE = ${literal(place.file)}`, `MASTER_LOG_POS = ${place.position}`, 'MASTER_USE_GTID = no']
    return changeSource('CHANGE MASTER TO', words, source, at)
  },
  followByGtid: 'CHANGE MASTER TO MASTER_USE_GTID = slave_pos',
  resetLogs: 'RESET MASTER',
  statusRow: (row) => row,
  logStatus: 'SHOW MASTER STATUS',
  close: 'SET GLOBAL read_only = 1',
  closeToApplications: ['SET GLOBAL read_only = 1'],
  // read_only keeps nobody out who may do everything.
  letOperatorsIn: [],
  open: 'SET GLOBAL read_only = 0',
  ignoreTables: (pattern) => `SET GLOBAL replicate_wild_ignore_table = ${literal(pattern)}`,
  // What it has is in its own log, and a replica goes by what it has applied.
  adoptOwnLog: ['SET GLOBAL gtid_slave_pos = @@gtid_binlog_pos'],
  forgetApplied: ["SET GLOBAL gtid_slave_pos = ''"],
  executed: 'SELECT @@gtid_binlog_state AS gtids, @@server_id AS server',
  hasMore: async (_session, own, other) => lastOf(own.gtids, own.server) > lastOf(other.gtids, own.server),
  applied: 'SELECT @@gtid_current_pos AS gtids',
  // Of one domain, the number at the end counts all that came before it, whoever wrote it.
  fetched: (status, applied) => Math.max(...numbersOf(`${textOf(status?.['Gtid_IO_Pos'])},${applied}`)),
  // A relay log begins with the place of its first connection, and not with what the server has.
  readLogs: (after) => `mariadb-binlog --start-position='${after}'`,
  client: 'mariadb',
  position: 'SELECT @@gtid_binlog_pos AS gtids',
}

/** The last number of each server in a state such as `0-1-512,0-2-3`, or of one of them. */
function numbersOf(gtids: string, server?: string): number[] {
  const parts = gtids.split(',').map((each) => each.trim().split('-'))
  return [0, ...parts.flatMap(([, of, number]) => (server === undefined || of === server ? [Number(number ?? 0)] : []))]
}

const lastOf = (gtids: string, server: string): number => Math.max(...numbersOf(gtids, server))
