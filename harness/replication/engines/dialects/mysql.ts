import type { Dialect } from '../dialect.ts'
import { textOf } from '../engine.ts'
import type { Words } from './words.ts'
import { changeSource, inWords, literal } from './words.ts'

/**
 * MySQL, whose GTIDs are sets: `3e11fa47-71ca-11e1-9e33-c80aa9429562:1-512:600`. Sources in the MySQL Reference Manual:
 *
 * - CHANGE REPLICATION SOURCE TO, 8.4 section 15.4.2.2 (a new SOURCE_HOST begins at the first log); CHANGE MASTER TO in
 *   the manual of 5.7, with GET_MASTER_PUBLIC_KEY since 8.0
 * - START REPLICA, STOP REPLICA, RESET REPLICA ALL, 8.4 sections 15.4.2.4 to 15.4.2.6; the older words are removed in 8.4.0
 * - SHOW REPLICA STATUS, 8.4 section 15.7.7.35; SHOW BINARY LOG STATUS replaces SHOW MASTER STATUS
 * - RESET BINARY LOGS AND GTIDS, 8.4 section 15.4.1.2: empties gtid_executed and gtid_purged as well
 * - CHANGE REPLICATION FILTER, 8.4 section 15.4.2.1: only while the applier stands still
 * - super_read_only, 8.4 section 7.1.8: setting it sets read_only; clearing read_only clears it
 * - rpl_semi_sync_source_*, 8.4 section 19.4.10: plugins, loaded when the server starts
 * - GTID_SUBTRACT, 8.4 section 14.18.2
 *
 * No MySQL server has answered these statements yet: none could be had where they were written.
 */
function mysql(
  id: Dialect['id'],
  words: Words,
  own: Pick<Dialect, 'resetLogs' | 'logStatus' | 'statusRow'> & {
    readonly change: string
    /** Lets a replica log in with caching_sha2_password over a connection without TLS. */
    readonly publicKey: string | undefined
  },
): Dialect {
  const { change, publicKey, ...rest } = own
  const { source } = words
  const key = publicKey === undefined ? [] : [`${publicKey} = 1`]
  return {
    id,
    ...inWords(words),
    ...rest,
    follow(at, place) {
      const where =
        place === 'gtid'
          ? [`${source}_AUTO_POSITION = 1`]
          : place === 'start'
            ? [`${source}_AUTO_POSITION = 0`]
            : [
                `${source}_LOG_FILE = ${literal(place.file)}`,
                `${source}_LOG_POS = ${place.position}`,
                `${source}_AUTO_POSITION = 0`,
              ]
      return changeSource(change, words, at, [...where, ...key])
    },
    followByGtid: `${change} ${source}_AUTO_POSITION = 1`,
    close: 'SET GLOBAL super_read_only = 1',
    closeToApplications: ['SET GLOBAL super_read_only = 0', 'SET GLOBAL read_only = 1'],
    letOperatorsIn: ['SET GLOBAL super_read_only = 0'],
    open: 'SET GLOBAL read_only = 0',
    ignoreTables: (pattern) =>
      `CHANGE REPLICATION FILTER REPLICATE_WILD_IGNORE_TABLE = (${pattern === '' ? '' : literal(pattern)})`,
    // One set holds what it wrote and what it applied.
    adoptOwnLog: [],
    forgetApplied: [],
    executed: 'SELECT @@GLOBAL.gtid_executed AS gtids, @@GLOBAL.server_uuid AS server',
    async hasMore(session, { gtids, server }, other) {
      const [row] = await session.query('SELECT GTID_SUBTRACT(?, ?) AS gtids', [gtids, other.gtids])
      return setsOf(textOf(row?.['gtids'])).some(([of]) => of.split(':')[0] === server.toLowerCase())
    },
    applied: 'SELECT @@GLOBAL.gtid_executed AS gtids',
    // What is in the relay log is told apart from what is carried out, and is a part of it once it is.
    fetched: (status, applied) => sizeOf(`${textOf(status?.['Retrieved_Gtid_Set'])},${applied}`),
    readLogs: (after) => `mysqlbinlog --exclude-gtids='${after}'`,
    client: 'mysql --get-server-public-key',
    position: 'SELECT @@GLOBAL.gtid_executed AS gtids',
  }
}

const masterAndSlave: Words = { source: 'MASTER', replica: 'SLAVE' }
const older = {
  change: 'CHANGE MASTER TO',
  resetLogs: 'RESET MASTER',
  logStatus: 'SHOW MASTER STATUS',
  statusRow: (row: Parameters<Dialect['statusRow']>[0]) => row,
} as const

export const mysql57 = mysql('mysql-5.7', masterAndSlave, { ...older, publicKey: undefined })

/** Says both; the older words hold in every 8.0 release and in the innovation releases before 8.4. */
export const mysql80 = mysql('mysql-8.0', masterAndSlave, { ...older, publicKey: 'GET_MASTER_PUBLIC_KEY' })

/** 8.4 and 9. */
export const mysql84 = mysql(
  'mysql-8.4',
  { source: 'SOURCE', replica: 'REPLICA' },
  {
    change: 'CHANGE REPLICATION SOURCE TO',
    publicKey: 'GET_SOURCE_PUBLIC_KEY',
    resetLogs: 'RESET BINARY LOGS AND GTIDS',
    logStatus: 'SHOW BINARY LOG STATUS',
    // `Replicate_Do_DB` and its like are filters, and stay.
    statusRow: (row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name.replace(/^Replica_/, 'Slave_').replace(/(^|_)Source(?=_|$)/, '$1Master'),
          value,
        ]),
      ),
  },
)

type Interval = readonly [first: number, last: number]

/**
 * A set such as `uuid:1-5:9,uuid:tag:1` as its intervals by server. A tag (8.3 and later) begins a count of its own, and
 * stands with the server.
 */
function setsOf(gtids: string): (readonly [server: string, interval: Interval])[] {
  return gtids.split(',').flatMap((each) => {
    const [uuid = '', ...parts] = each.trim().toLowerCase().split(':')
    let server = uuid
    return parts.flatMap((part): (readonly [string, Interval])[] => {
      const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? []
      if (first !== undefined) return [[server, [Number(first), Number(last)]]]
      server = `${uuid}:${part}`
      return []
    })
  })
}

/** How many transactions a set holds, each counted once. */
function sizeOf(gtids: string): number {
  const servers = Map.groupBy(setsOf(gtids), ([server]) => server)
  return [...servers.values()].reduce((sum, sets) => sum + lengthOf(sets.map(([, interval]) => interval)), 0)
}

function lengthOf(intervals: readonly Interval[]): number {
  let [length, reached] = [0, 0]
  for (const [first, last] of intervals.toSorted(([a], [b]) => a - b)) {
    length += Math.max(0, last - Math.max(first - 1, reached))
    reached = Math.max(reached, last)
  }
  return length
}
