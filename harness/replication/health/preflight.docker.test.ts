import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scratchFolder, seatrial } from '../../../fixtures/seatrial.ts'
import { systemClock } from '../../kernel/index.ts'
import type { StepReport } from '../../kernel/index.ts'
import { runRecord } from '../../record/index.ts'
import type { RunScope } from '../../substrate/index.ts'
import { openRun } from '../../substrate/index.ts'
import type { Cluster } from '../cluster.ts'
import { textOf } from '../engines/engine.ts'
import { mariadb } from '../engines/mariadb.ts'
import { preflight } from './preflight.ts'
import { startLiveClusters } from './testing/live-clusters.ts'
import { askedOf, findsIn, lookAt, rulesOf } from './testing/look-at.ts'
import { onNode } from './testing/on-node.ts'

/** Each rule against servers that really have the trouble. What a test breaks it mends: the clusters are shared. */

let run: RunScope
let cluster: Cluster
let bare: Cluster

beforeAll(async () => {
  run = await openRun()
  ;({ healthy: cluster, bare } = await startLiveClusters(run))
}, 60_000)

afterAll(() => run[Symbol.asyncDispose]())

const on = (id: number, ...statements: readonly string[]): Promise<void> => onNode(cluster, id, ...statements)

const finds = (wanted: readonly string[], maxLagSeconds = 10): Promise<StepReport> =>
  findsIn(cluster, wanted, { maxLagSeconds })

const healthy = ['candidate-best']
const restarted = ['STOP SLAVE', 'START SLAVE']

describe('the pre-flight', () => {
  test('finds nothing wrong with a healthy cluster, and names the best candidate and what its promotion loses', async () => {
    const step = await finds(healthy)
    expect(step.unsettled).toBeUndefined()
    expect(step.findings[0]?.sentence).toMatch(/ is the best candidate: it has fetched all .* nothing .* be lost\.$/)
    expect(step.looked.length).toBeGreaterThan(12)
  })

  test('changes nothing: every log ends where it ended before', async () => {
    const ends = (): Promise<unknown> =>
      Promise.all(cluster.nodes.map(async (node) => (await cluster.session(node)).query('SHOW MASTER STATUS')))
    const before = await ends()
    await lookAt(cluster)
    expect(await ends()).toEqual(before)
  })

  test('sends nothing but SELECT and SHOW, as the log of every server tells', async () => {
    for (const id of [1, 2, 3]) {
      await on(id, "SET GLOBAL log_output = 'TABLE'", 'SET GLOBAL general_log = 1', `SELECT 'begins ${id}'`)
    }
    await lookAt(cluster)
    for (const node of cluster.nodes) {
      await on(node.id, `SELECT 'ends ${node.id}'`, 'SET GLOBAL general_log = 0')
      const session = await cluster.session(node)
      const rows = await session.query(
        "SELECT CAST(argument AS CHAR) AS said FROM mysql.general_log WHERE command_type = 'Query' ORDER BY event_time",
      )
      const said = rows.map((row) => textOf(row['said']))
      const between = said.slice(said.indexOf(`SELECT 'begins ${node.id}'`), said.indexOf(`SELECT 'ends ${node.id}'`))
      expect(between.length).toBeGreaterThan(6)
      expect(new Set(between.map((each) => each.split(' ', 1)[0]))).toEqual(new Set(['SELECT', 'SHOW']))
    }
  })

  test.for<[string, number, readonly string[], readonly string[], readonly string[]]>([
    ['a replica takes writes', 2, ['SET GLOBAL read_only = 0'], ['SET GLOBAL read_only = 1'], ['read-only-off']],
    [
      'strict mode is off',
      3,
      ['SET GLOBAL gtid_strict_mode = 0'],
      ['SET GLOBAL gtid_strict_mode = 1'],
      ['gtid-strict-mode-off'],
    ],
    [
      'one node logs statements',
      2,
      ['SET GLOBAL binlog_format = STATEMENT'],
      ['SET GLOBAL binlog_format = ROW'],
      ['binary-log-format-differing'],
    ],
    [
      'the log of the primary is not synced',
      1,
      ['SET GLOBAL sync_binlog = 0'],
      ['SET GLOBAL sync_binlog = 1'],
      ['durability-log-unsynced'],
    ],
    [
      'commits are flushed once a second',
      3,
      ['SET GLOBAL innodb_flush_log_at_trx_commit = 2'],
      ['SET GLOBAL innodb_flush_log_at_trx_commit = 1'],
      ['durability-commit-unflushed'],
    ],
    [
      'a filter hides a table on a replica',
      2,
      ['STOP SLAVE', "SET GLOBAL replicate_wild_ignore_table = 'app.audit%'", 'START SLAVE'],
      ['STOP SLAVE', "SET GLOBAL replicate_wild_ignore_table = ''", 'START SLAVE'],
      ['replication-filter-active', 'candidate-behind'],
    ],
    [
      'the thread that fetches was stopped',
      3,
      ['STOP SLAVE IO_THREAD'],
      ['START SLAVE IO_THREAD'],
      ['replica-thread-stopped', 'replica-lag-unknown'],
    ],
    [
      'the source cannot be reached',
      3,
      ['STOP SLAVE', "CHANGE MASTER TO MASTER_HOST = 'nowhere.invalid'", 'START SLAVE'],
      ['STOP SLAVE', "CHANGE MASTER TO MASTER_HOST = 'node-1', MASTER_USE_GTID = slave_pos", 'START SLAVE'],
      ['replica-lag-unknown', 'replica-source-differing'],
    ],
    [
      'two nodes have one server id',
      3,
      ['SET GLOBAL server_id = 2'],
      ['SET GLOBAL server_id = 3', ...restarted],
      ['server-id-clashing'],
    ],
  ])('finds that %s', async ([, id, broken, mended, rules]) => {
    await on(id, ...broken)
    try {
      const step = await finds([...healthy, ...rules])
      expect(rulesOf(step)).toEqual([...healthy, ...rules].toSorted())
    } finally {
      await on(id, ...mended)
    }
    await finds(healthy)
  })

  test('finds a relay log that is not applied, and that the other replica is the better choice', async () => {
    await on(2, 'STOP SLAVE SQL_THREAD')
    await on(1, 'INSERT INTO app.seen VALUES (1)')
    const step = await finds([
      ...healthy,
      'candidate-behind',
      'relay-log-unapplied',
      'replica-lag-unknown',
      'replica-thread-stopped',
    ])
    const first = step.findings.find(({ rule }) => rule === 'replication/candidate-behind')
    expect(first?.sentence).toContain('its relay log is not applied')
    expect(first?.sentence).toContain('1 transaction must be applied first')
    await on(2, 'START SLAVE SQL_THREAD')
    await finds(healthy)
  })

  test('finds a large lag, while the thread that applies waits for a lock', async () => {
    const replica = cluster.nodes[2]
    if (replica === undefined) throw new Error('there is no replica')
    await using locking = await mariadb.open(await cluster.address(replica), { user: 'drill', password: 'drill' })
    await locking.query('LOCK TABLES app.seen WRITE')
    await on(1, 'SET timestamp = UNIX_TIMESTAMP() - 500', 'INSERT INTO app.seen VALUES (2)', 'SET timestamp = DEFAULT')
    const step = await finds([...healthy, 'relay-log-unapplied', 'replica-lag-large'], 60)
    expect(step.findings.find(({ rule }) => rule === 'replication/replica-lag-large')?.sentence).toMatch(/is 50\d s/)
    await locking.query('UNLOCK TABLES')
    await finds(healthy)
  })

  test('finds a primary that has ceased to wait for its replicas, and says what the promotion would lose', async () => {
    for (const id of [2, 3]) await on(id, 'STOP SLAVE IO_THREAD')
    await on(1, 'SET GLOBAL rpl_semi_sync_master_timeout = 1', 'INSERT INTO app.seen VALUES (3), (4)')
    await on(1, 'INSERT INTO app.seen VALUES (5)')
    const step = await finds([...healthy, 'replica-lag-unknown', 'replica-thread-stopped', 'semi-sync-fallen-back'])
    const best = step.findings.find(({ rule }) => rule === 'replication/candidate-best')
    expect(best?.sentence).toContain('it has not fetched 2 transactions, which would be lost')
    await on(1, 'SET GLOBAL rpl_semi_sync_master_timeout = 3600000')
    for (const id of [2, 3]) await on(id, 'START SLAVE IO_THREAD')
    await finds(healthy)
  })

  test('says that a primary is asynchronous by choice', async () => {
    await on(1, 'SET GLOBAL rpl_semi_sync_master_enabled = 0')
    expect(rulesOf(await finds([...healthy, 'semi-sync-off']))).toContain('semi-sync-off')
    await on(1, 'SET GLOBAL rpl_semi_sync_master_enabled = 1')
    await finds(healthy)
  })

  test('finds by position: no binary log, an unlogged replica, no account for the day after, and no candidate', async () => {
    const step = await lookAt(bare)
    expect(rulesOf(step)).toEqual([
      'binary-log-off',
      'candidate-none',
      'durability-commit-unflushed',
      'durability-log-unsynced',
      'gtid-strict-mode-off',
      'read-only-off',
      'replica-updates-unlogged',
      'replication-account-absent',
      'semi-sync-off',
    ])
    const none = step.findings.find(({ rule }) => rule === 'replication/candidate-none')
    expect(none?.sentence).toContain('it has no binary log')
    expect(none?.sentence).toContain('it has no account for replicas')
  })

  test('is unsettled for a login that may not see, with the rights that it needs', async () => {
    const step = await lookAt(cluster, { user: 'app' })
    expect(step.findings).toEqual([])
    expect(step.unsettled).toMatchObject({ because: 'prerequisite', why: expect.stringContaining('REPLICA MONITOR') })
    expect(JSON.stringify(step)).not.toContain('PASSWORD=')
  })

  test('is unsettled where a node does not answer, and tells what the others say', async () => {
    const addresses = await Promise.all(cluster.nodes.slice(1).map((node) => cluster.address(node)))
    const step = await preflight(
      {
        name: 'live',
        nodes: [{ host: '127.0.0.1', port: 1 }, ...addresses],
        login: { user: 'drill', passwordFrom: 'PASSWORD' },
        maxLagSeconds: 10,
      },
      { env: { PASSWORD: 'drill' }, allow: () => undefined, clock: systemClock, only: [], path: 'test' },
    )
    expect(step.unsettled?.why).toContain('127.0.0.1:1 did not answer')
    expect(step.unsettled?.why).toContain('what only the primary has, nobody saw')
    expect(rulesOf(step)).toContain('candidate-best')
  })

  test('of the command line answers the question with a line a candidate, and exit code 0', async () => {
    const { code, out } = await askedOf(cluster)
    expect(code).toBe(0)
    const [question, primary, best, other] = out.split('\n')
    expect(question).toBe('Would a promotion be possible now, and what would it lose? It would.')
    expect(primary).toMatch(/^ {2}primary +127\.0\.0\.1:\d+$/)
    expect(best).toMatch(/^ {2}best +127\.0\.0\.1:\d+ +it has fetched all that the primary had/)
    expect(other).toMatch(/^ {2}possible +/)
    expect(out).toContain('Passed: ')
  })

  test('of the command line is no where nobody can be promoted, with exit code 1, and data with --json', async () => {
    const told = await askedOf(bare)
    expect(told.code).toBe(1)
    expect(told.out).toMatch(/^Would .* lose\? No\.\n/)
    expect(told.out).toMatch(/^ {2}not now +127\.0\.0\.1:\d+ +it has no binary log/m)
    expect(told.out).toContain('ERROR replication/candidate-none')
    const { code, out } = await askedOf(bare, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'failed',
      best: null,
      candidates: [{ unapplied: 0 }, { unapplied: 0 }],
      unsettled: [],
    })
  })

  test('of a configuration is a step of the run', async () => {
    const nodes = await Promise.all(cluster.nodes.map((node) => cluster.address(node)))
    await using scratch = await scratchFolder()
    const target = { name: 'live', nodes, login: { user: 'drill', passwordFrom: 'PREFLIGHT_TEST_PASSWORD' } }
    const config = JSON.stringify({ stack: {}, secrets: [], replication: { preflight: [target] } })
    await writeFile(join(scratch.path, 'seatrial.config.json'), config)
    const { exitCode, stdout } = await seatrial(['run', '--format', 'json'], {
      cwd: scratch.path,
      env: { PREFLIGHT_TEST_PASSWORD: 'drill' },
    })
    expect(exitCode).toBe(0)
    const record = runRecord.parse(JSON.parse(stdout))
    expect(record.steps.map(({ id, subject }) => [id, subject])).toContainEqual(['replication/preflight', 'live'])
  })

  // The last: what is errant stays.
  test('finds a write that was made on a replica, and no longer takes that replica for a candidate', async () => {
    await on(3, 'INSERT INTO app.seen VALUES (100)')
    const step = await finds([...healthy, 'candidate-behind', 'errant-transactions-present'])
    const errant = step.findings.find(({ rule }) => rule === 'replication/errant-transactions-present')
    expect(errant?.sentence).toMatch(/has not: up to 0-3-\d+\.$/)
  })
})
