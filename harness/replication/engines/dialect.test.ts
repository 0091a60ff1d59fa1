import { describe, expect, test } from 'vitest'
import type { Dialect } from './dialect.ts'
import { dialectFor, dialectOf } from './dialect.ts'
import type { Row, Session } from './engine.ts'

/**
 * No MySQL server can be asked here: what is held against the statements is the grammar of the MySQL 8.4 Reference Manual
 * and the list of what the release notes of 8.4.0 say was removed.
 */

const source = { host: "node-1'; DROP", port: 3306, user: 'replication', password: 'it\\is' }
const [mariadb, mysql57, mysql80, mysql84, mysql9] = [
  '10.11.19-MariaDB-deb12',
  '5.7.44-log',
  '8.0.40',
  '8.4.3',
  '9.5.0',
].map(dialectFor) as [Dialect, Dialect, Dialect, Dialect, Dialect]

/** Everything that a dialect may send. */
const statementsOf = (dialect: Dialect): string[] => [
  dialect.start,
  dialect.stop,
  dialect.startApplying,
  dialect.stopApplying,
  dialect.stopFetching,
  dialect.forget,
  dialect.resetLogs,
  dialect.replicaStatus,
  dialect.logStatus,
  dialect.close,
  dialect.open,
  dialect.executed,
  dialect.applied,
  dialect.position,
  dialect.followByGtid,
  ...dialect.closeToApplications,
  ...dialect.letOperatorsIn,
  ...dialect.adoptOwnLog,
  ...dialect.forgetApplied,
  dialect.ignoreTables('app.%'),
  dialect.ignoreTables(''),
  ...(['gtid', 'start', { file: 'binlog.000002', position: 157 }] as const).map((at) => dialect.follow(source, at)),
  `SET GLOBAL ${dialect.semiSync.sourceEnabled} = 1`,
]

test('the version of the server chooses the dialect, and one that nobody knows is said to be that', () => {
  expect([mariadb, mysql57, mysql80, mysql84, mysql9].map(({ id }) => id)).toEqual([
    'mariadb',
    'mysql-5.7',
    'mysql-8.0',
    'mysql-8.4',
    'mysql-8.4',
  ])
  expect(dialectFor('11.8.3-MariaDB-ubu2404').id).toBe('mariadb')
  expect(dialectFor('8.3.0').id).toBe('mysql-8.0')
  for (const version of ['5.6.51', 'PostgreSQL 15', '']) {
    expect(() => dialectFor(version)).toThrow(expect.objectContaining({ code: 'SEATRIAL_DIALECT' }))
  }
})

test('a session is asked once which server is at its other end', async () => {
  const asked: string[] = []
  const session = answering([{ version: '8.4.3' }], asked)
  expect([await dialectOf(session), await dialectOf(session)]).toEqual([mysql84, mysql84])
  expect(asked).toEqual(['SELECT VERSION() AS version'])
})

describe('MySQL 8.4', () => {
  // Release notes of MySQL 8.4.0, "SQL statements removed" and "Statement options removed".
  const removed =
    /\b(?:START|STOP|RESET) SLAVE|SHOW SLAVE|CHANGE MASTER|RESET MASTER|SHOW MASTER|\bMASTER_[A-Z]+|GET_MASTER|rpl_semi_sync_(?:master|slave)/

  test('is told nothing that was removed in 8.4.0', () => {
    for (const statement of statementsOf(mysql84)) expect(statement).not.toMatch(removed)
    expect(statementsOf(mysql80).filter((statement) => removed.test(statement)).length).toBeGreaterThan(8)
  })

  // Section 15.4.2.2, the options of CHANGE REPLICATION SOURCE TO, and what each takes.
  const grammar: Readonly<Record<string, RegExp>> = {
    SOURCE_HOST: /^'(?:[^'\\]|''|\\\\)*'$/,
    SOURCE_USER: /^'(?:[^'\\]|''|\\\\)*'$/,
    SOURCE_PASSWORD: /^'(?:[^'\\]|''|\\\\)*'$/,
    SOURCE_PORT: /^\d+$/,
    SOURCE_CONNECT_RETRY: /^\d+$/,
    SOURCE_LOG_FILE: /^'[^']+'$/,
    SOURCE_LOG_POS: /^\d+$/,
    SOURCE_AUTO_POSITION: /^[01]$/,
    GET_SOURCE_PUBLIC_KEY: /^[01]$/,
  }

  test.for(['gtid', 'start', { file: 'binlog.000002', position: 157 }] as const)(
    'is told its source with options of the manual, each with a value that the grammar takes, at %j',
    (place) => {
      const statement = mysql84.follow(source, place)
      const options = statement.replace('CHANGE REPLICATION SOURCE TO ', '').split(', ')
      expect(options.length).toBeGreaterThan(6)
      for (const option of options) {
        const [, name = '', value = ''] = /^([A-Z_]+) = (.*)$/s.exec(option) ?? []
        expect(value, option).toMatch(grammar[name] ?? /^no such option$/)
      }
      expect(statement).toContain("SOURCE_HOST = 'node-1''; DROP'")
      // Section 8.4.1.2: a replica without TLS asks for the key, or its password is refused.
      expect(statement).toContain('GET_SOURCE_PUBLIC_KEY = 1')
    },
  )

  test('goes on by GTID, or at a place: the two exclude each other', () => {
    expect(mysql84.follow(source, 'gtid')).toMatch(/SOURCE_AUTO_POSITION = 1/)
    expect(mysql84.follow(source, 'gtid')).not.toMatch(/SOURCE_LOG_/)
    const placed = mysql84.follow(source, { file: 'binlog.000002', position: 157 })
    expect(placed).toMatch(/SOURCE_LOG_FILE = 'binlog.000002', SOURCE_LOG_POS = 157, SOURCE_AUTO_POSITION = 0/)
    expect(mysql84.follow(source, 'start')).toMatch(/SOURCE_AUTO_POSITION = 0/)
    expect(mysql84.followByGtid).toBe('CHANGE REPLICATION SOURCE TO SOURCE_AUTO_POSITION = 1')
  })

  test('has the other statements as the manual writes them', () => {
    expect(statementsOf(mysql84)).toEqual(
      expect.arrayContaining([
        'START REPLICA',
        'STOP REPLICA',
        'START REPLICA SQL_THREAD',
        'STOP REPLICA SQL_THREAD',
        'STOP REPLICA IO_THREAD',
        'RESET REPLICA ALL',
        'SHOW REPLICA STATUS',
        'SHOW BINARY LOG STATUS',
        'RESET BINARY LOGS AND GTIDS',
        'SET GLOBAL super_read_only = 1',
        "CHANGE REPLICATION FILTER REPLICATE_WILD_IGNORE_TABLE = ('app.%')",
        'CHANGE REPLICATION FILTER REPLICATE_WILD_IGNORE_TABLE = ()',
      ]),
    )
    expect(mysql84.semiSync).toEqual({
      sourceEnabled: 'rpl_semi_sync_source_enabled',
      sourceTimeout: 'rpl_semi_sync_source_timeout',
      sourceWaitPoint: 'rpl_semi_sync_source_wait_point',
      replicaEnabled: 'rpl_semi_sync_replica_enabled',
      statusPrefix: 'Rpl_semi_sync_source',
    })
  })

  test('gives its status in columns of its own, which are read like those of MariaDB, and its filters keep their names', () => {
    // Names from section 15.7.7.35.
    const row = mysql84.statusRow({
      Source_Host: 'node-1',
      Source_Log_File: 'binlog.000003',
      Read_Source_Log_Pos: 927,
      Relay_Source_Log_File: 'binlog.000003',
      Exec_Source_Log_Pos: 157,
      Replica_IO_Running: 'Yes',
      Replica_SQL_Running: 'No',
      Seconds_Behind_Source: null,
      Last_SQL_Errno: 1062,
      Replicate_Do_DB: '',
      Replicate_Wild_Ignore_Table: 'app.%',
      Retrieved_Gtid_Set: '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5',
    })
    expect(Object.keys(row)).toEqual([
      'Master_Host',
      'Master_Log_File',
      'Read_Master_Log_Pos',
      'Relay_Master_Log_File',
      'Exec_Master_Log_Pos',
      'Slave_IO_Running',
      'Slave_SQL_Running',
      'Seconds_Behind_Master',
      'Last_SQL_Errno',
      'Replicate_Do_DB',
      'Replicate_Wild_Ignore_Table',
      'Retrieved_Gtid_Set',
    ])
  })
})

describe('MySQL before 8.4', () => {
  test('is told master and slave, and 5.7 nothing of a key that it does not know', () => {
    expect(mysql57.follow(source, 'gtid')).toMatch(/^CHANGE MASTER TO MASTER_HOST = .*, MASTER_AUTO_POSITION = 1$/)
    expect(mysql80.follow(source, 'gtid')).toMatch(/, MASTER_AUTO_POSITION = 1, GET_MASTER_PUBLIC_KEY = 1$/)
    expect([mysql57.resetLogs, mysql80.logStatus]).toEqual(['RESET MASTER', 'SHOW MASTER STATUS'])
    for (const statement of statementsOf(mysql57)) expect(statement).not.toMatch(/REPLICA (?:STATUS|ALL)|SOURCE_/)
  })
})

describe('GTIDs', () => {
  const [a, b] = ['3e11fa47-71ca-11e1-9e33-c80aa9429562', '4F22FB58-82DB-22F2-AF44-D91BB053A673']

  test('of MySQL are sets: what is fetched and what is applied count once, in whatever order their parts stand', () => {
    const fetched = (retrieved: string, applied: string): number =>
      mysql84.fetched({ Retrieved_Gtid_Set: retrieved }, applied)
    expect(fetched('', '')).toBe(0)
    expect(fetched(`${a}:1-5:9`, '')).toBe(6)
    expect(fetched(`${a}:4-12`, `${a}:1-9`)).toBe(12)
    expect(fetched(`${a}:4-12,\n${b}:1`, `${b.toLowerCase()}:1-2,${a}:1-3`)).toBe(14)
    expect(mysql84.fetched(undefined, `${a}:1-7`)).toBe(7)
    // A tag (8.3 and later) begins a count of its own.
    expect(fetched(`${a}:1-3:tag:1-4`, '')).toBe(7)
  })

  test('of MySQL are subtracted by the server, and only its own transactions put it ahead', async () => {
    const asked: string[] = []
    const ahead = (left: string): Promise<boolean> =>
      mysql84.hasMore(
        answering([{ gtids: left }], asked),
        { gtids: 'x', server: a.toUpperCase() },
        { gtids: 'y', server: b },
      )
    expect(await ahead(`${a}:6`)).toBe(true)
    expect(await ahead(`${a}:tag:6`)).toBe(true)
    expect(await ahead(`${b}:6`)).toBe(false)
    expect(await ahead('')).toBe(false)
    expect(asked[0]).toBe('SELECT GTID_SUBTRACT(?, ?) AS gtids')
  })

  test('of MariaDB are positions: the number at the end counts, and each server has a last one', async () => {
    const own = (gtids: string): { gtids: string; server: string } => ({ gtids, server: '2' })
    const session = answering([], [])
    expect(mariadb.fetched({ Gtid_IO_Pos: '0-1-512' }, '0-1-500')).toBe(512)
    expect(mariadb.fetched(undefined, '')).toBe(0)
    expect(await mariadb.hasMore(session, own('0-1-9,0-2-12'), own('0-1-9,0-2-11'))).toBe(true)
    expect(await mariadb.hasMore(session, own('0-1-90,0-2-11'), own('0-1-9,0-2-11'))).toBe(false)
    expect(await mariadb.hasMore(session, own(''), own(''))).toBe(false)
  })
})

/** A session that gives the same rows to whatever it is asked. */
function answering(rows: readonly Row[], asked: string[]): Session {
  return {
    async query(statement) {
      asked.push(statement)
      return [...rows]
    },
    async [Symbol.asyncDispose]() {},
  }
}
