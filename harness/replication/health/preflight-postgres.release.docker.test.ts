import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StepReport } from '../../kernel/index.ts'
import { waitFor } from '../../kernel/index.ts'
import type { RunScope } from '../../substrate/index.ts'
import { openRun } from '../../substrate/index.ts'
import type { Cluster } from '../cluster.ts'
import { conninfo } from '../engines/postgres-steps.ts'
import { cutLinks } from '../links.ts'
import { configure, shell, startBare, startHealthy } from './testing/live-postgres.ts'
import type { LookOptions } from './testing/look-at.ts'
import { findsIn, lookAt, rulesOf, sentenceOf } from './testing/look-at.ts'
import { nodeOf, onNode } from './testing/on-node.ts'

/** Each rule against servers that really have the trouble. What a test breaks it mends: the clusters are shared. */

let run: RunScope
let cluster: Cluster
let bare: Cluster

beforeAll(async () => {
  run = await openRun()
  ;[cluster, bare] = await Promise.all([startHealthy(run), startBare(run)])
}, 180_000)

afterAll(() => run[Symbol.asyncDispose]())

const healthy = ['candidate-best']
const finds = (wanted: readonly string[], options?: LookOptions): Promise<StepReport> =>
  findsIn(cluster, wanted, options)

describe('the pre-flight of PostgreSQL', () => {
  type Settings = Readonly<Record<string, string | undefined>>
  test.for<[string, number, Settings, readonly string[]]>([
    [
      'a standby was told nobody, and calls its lag 0',
      3,
      { primary_conninfo: '' },
      ['standby-not-streaming', 'standby-lag-hidden', 'replica-lag-unknown'],
    ],
    [
      'a standby follows somebody whom nobody knows',
      3,
      { primary_conninfo: 'host=nowhere.invalid user=replication' },
      ['standby-not-streaming', 'standby-lag-hidden', 'replica-lag-unknown', 'replica-source-differing'],
    ],
    [
      'a standby would refuse writes once it is promoted',
      3,
      { default_transaction_read_only: 'on' },
      ['standby-read-only-set', 'candidate-behind'],
    ],
    [
      'the primary waits for somebody who is not there',
      1,
      { synchronous_standby_names: 'nobody' },
      ['synchronous-standby-absent'],
    ],
    [
      'the primary waits for nobody, although standbys are named',
      1,
      { synchronous_commit: 'local' },
      ['synchronous-standby-ignored'],
    ],
    ['the primary is asynchronous by choice', 1, { synchronous_standby_names: '' }, ['synchronous-standby-none']],
    ['commits are not flushed', 3, { synchronous_commit: 'off' }, ['wal-durability-unflushed']],
    ['nothing is synced', 2, { fsync: 'off' }, ['wal-durability-unsynced']],
    ['pg_rewind would refuse', 1, { full_page_writes: 'off' }, ['rewind-refused']],
  ])('finds that %s', async ([, id, broken, rules]) => {
    const session = await cluster.session(nodeOf(cluster, id))
    const before: Record<string, string | undefined> = {}
    for (const name of Object.keys(broken)) {
      const [row] = await session.query(`SELECT current_setting('${name}') AS value`)
      before[name] = typeof row?.['value'] === 'string' ? row['value'] : undefined
    }
    await configure(cluster, id, broken)
    try {
      const step = await finds([...healthy, ...rules])
      expect(rulesOf(step)).toEqual([...healthy, ...rules].toSorted())
    } finally {
      await configure(cluster, id, before)
    }
    await finds(healthy)
  })

  test('finds a replay that somebody paused, and what must be replayed first', async () => {
    await onNode(cluster, 3, 'SELECT pg_wal_replay_pause()')
    await onNode(cluster, 1, 'INSERT INTO app.seen VALUES (1)')
    const step = await finds([...healthy, 'standby-replay-paused'], { maxLagSeconds: 600 })
    const attached = step.attachments?.[0]?.content ?? '{}'
    expect(JSON.parse(attached)).toMatchObject({
      candidates: [
        { unapplied: 0 },
        { unapplied: expect.any(Number), loss: expect.stringMatching(/\d+ bytes of WAL must be applied first/) },
      ],
    })
    await onNode(cluster, 3, 'SELECT pg_wal_replay_resume()')
    await finds(healthy)
  })

  test('finds a standby that replays late, and its lag', async () => {
    await configure(cluster, 3, { recovery_min_apply_delay: '1h' })
    await onNode(cluster, 1, 'INSERT INTO app.seen VALUES (2)')
    const step = await finds([...healthy, 'standby-replay-behind', 'replica-lag-large'], { maxLagSeconds: 0 })
    expect(sentenceOf(step, 'standby-replay-behind')).toMatch(/has \d+ bytes of WAL that it has not replayed/)
    await configure(cluster, 3, { recovery_min_apply_delay: undefined })
    await finds(healthy)
  })

  test('finds what a promotion would lose, in bytes of WAL, and ranks by what each has received', async () => {
    await configure(cluster, 3, { primary_conninfo: '' })
    await waitFor(
      'node 3 to receive nothing',
      async () => {
        const rows = await (await cluster.session(nodeOf(cluster, 3))).query('SELECT pid FROM pg_stat_wal_receiver')
        return rows.length === 0 ? { done: true } : { seen: 'it does' }
      },
      { deadlineMs: 5_000 },
    )
    await onNode(cluster, 1, 'INSERT INTO app.seen SELECT generate_series(1, 1000)')
    const step = await lookAt(cluster)
    expect(sentenceOf(step, 'candidate-behind')).toMatch(
      /it has not fetched [1-9]\d{4,} bytes of WAL, which would be lost/,
    )
    const { port } = await cluster.address(nodeOf(cluster, 2))
    expect(sentenceOf(step, 'candidate-best')).toContain(`:${port} is the best candidate: it has fetched all`)
    await configure(cluster, 3, { primary_conninfo: conninfo(cluster, nodeOf(cluster, 1)) })
    await finds(healthy)
  })

  test('finds a standby whose link is cut without a word, although it says streaming and a lag of 0', async () => {
    const [primary, standby] = [nodeOf(cluster, 1), nodeOf(cluster, 3)]
    await using _cut = await cutLinks(standby, [primary], 5432)
    await onNode(cluster, 1, 'INSERT INTO app.seen VALUES (5)')
    const status = await cluster.engine.replicaStatus(await cluster.session(standby))
    expect(status).toMatchObject({ receiving: 'yes', lagSeconds: 0 })
    const step = await finds([...healthy, 'candidate-behind', 'replica-lag-large'], { maxLagSeconds: 1 })
    expect(sentenceOf(step, 'candidate-behind')).toMatch(/it has not fetched \d+ bytes of WAL, which would be lost/)
  })

  test('finds nothing wrong with it once the link is back', async () => {
    expect(rulesOf(await finds(healthy))).toEqual(healthy)
  })

  test('finds an archive that fails', async () => {
    const switched = ['INSERT INTO app.seen VALUES (3)', 'SELECT pg_switch_wal()']
    await configure(cluster, 1, { archive_command: 'false' })
    await onNode(cluster, 1, ...switched)
    const step = await finds([...healthy, 'archive-failing'])
    expect(sentenceOf(step, 'archive-failing')).toMatch(/cannot archive 0{7}1\w{16}/)
    await configure(cluster, 1, { archive_command: 'true' })
    await onNode(cluster, 1, ...switched)
    await finds(healthy)
  })

  test('finds a slot that nobody uses, that holds WAL back, and that is lost', async () => {
    await onNode(cluster, 1, "SELECT pg_create_physical_replication_slot('unused', true)")
    const step = await finds([...healthy, 'replication-slot-inactive'])
    expect(sentenceOf(step, 'replication-slot-inactive')).toMatch(/^Nobody uses slot unused of .* keeps \d+ bytes/)
    await configure(cluster, 1, { max_wal_size: '8MB', min_wal_size: '8MB' })
    const further = ['INSERT INTO app.seen VALUES (4)', 'SELECT pg_switch_wal()']
    await onNode(cluster, 1, ...further, ...further, ...further, ...further)
    await finds([...healthy, 'replication-slot-holding'])
    await configure(cluster, 1, { max_slot_wal_keep_size: '4MB', wal_keep_size: '0' })
    // A checkpoint gives it up, once the server has read the setting.
    await waitFor(
      'a slot that is lost',
      async () => {
        await onNode(cluster, 1, 'CHECKPOINT')
        const found = rulesOf(await lookAt(cluster))
        return found.includes('replication-slot-lost') ? { done: true } : { seen: found.join(', ') }
      },
      { deadlineMs: 10_000 },
    )
    await finds([...healthy, 'replication-slot-lost'])
    await onNode(cluster, 1, "SELECT pg_drop_replication_slot('unused')")
    await configure(cluster, 1, {
      max_wal_size: undefined,
      min_wal_size: undefined,
      max_slot_wal_keep_size: undefined,
      wal_keep_size: undefined,
    })
    await finds(healthy)
  })

  test('finds that the slot of a standby is not on the other, which may be promoted', async () => {
    await onNode(cluster, 1, "SELECT pg_create_physical_replication_slot('three')")
    await configure(cluster, 3, { primary_slot_name: 'three' })
    const step = await finds([...healthy, 'replication-slot-absent'])
    expect(sentenceOf(step, 'replication-slot-absent')).toContain('has no slot three')
    await configure(cluster, 3, { primary_slot_name: undefined })
    await waitFor(
      'the slot to be free',
      async () => {
        await onNode(cluster, 1, "SELECT pg_drop_replication_slot('three')")
        return { done: true }
      },
      { deadlineMs: 10_000 },
    )
    await finds(healthy)
  })

  test('finds that the account of the standbys may not replicate any more, and then no candidate', async () => {
    await onNode(cluster, 1, 'ALTER ROLE replication NOREPLICATION')
    const step = await finds(['candidate-none', 'standby-account-absent'])
    expect(sentenceOf(step, 'candidate-none')).toContain('it has no account for replicas')
    await onNode(cluster, 1, 'ALTER ROLE replication REPLICATION')
    await finds(healthy)
  })

  test('finds that pg_hba.conf of a standby lets no replica in', async () => {
    await shell(
      cluster,
      3,
      'cp "$PGDATA/pg_hba.conf" /tmp/hba && sed -i "/^host replication/d;/^host *replication/d" "$PGDATA/pg_hba.conf"',
    )
    const step = await finds([...healthy, 'standby-account-refused', 'candidate-behind'])
    expect(sentenceOf(step, 'standby-account-refused')).toContain('does not let "replication" in')
    await shell(cluster, 3, 'cp /tmp/hba "$PGDATA/pg_hba.conf"')
    await finds(healthy)
  })

  test('finds two primaries, settings of which nobody could follow them, and a node of another cluster', async () => {
    const step = await lookAt(bare)
    expect(rulesOf(step)).toEqual([
      'candidate-best',
      'primary-several',
      'replica-lag-unknown',
      'rewind-refused',
      'standby-not-streaming',
      'standby-settings-senders-few',
      'standby-settings-unreadable',
      'standby-settings-unsendable',
      'wal-durability-unsynced',
    ])
    expect(step.unsettled?.why).toContain('what only the primary has, nobody saw')
    await shell(
      bare,
      3,
      `touch "$PGDATA.hold" && pg_ctl stop --wait --silent --mode=fast && mkdir /tmp/kept
      cp "$PGDATA"/postgresql.conf "$PGDATA"/pg_hba.conf /tmp/kept && rm -r "$PGDATA"/*
      initdb --no-sync --auth-local=trust >/tmp/initdb.log && cp /tmp/kept/* "$PGDATA" && rm "$PGDATA.hold"
      until psql -qc "CREATE ROLE drill LOGIN SUPERUSER PASSWORD 'drill'"; do sleep 0.1; done`,
    )
    const strange = await lookAt(bare)
    expect(rulesOf(strange)).toContain('system-identifier-differing')
  })

  // The last: what is promoted stays so.

  test('finds a standby that is left on the timeline of the old primary', async () => {
    await onNode(cluster, 3, 'SELECT pg_promote(true, 10)')
    await finds(['candidate-best', 'primary-several'])
    await nodeOf(cluster, 1).machine.kill()
    const step = await finds(
      [
        'candidate-none',
        'replica-lag-unknown',
        'standby-lag-hidden',
        'standby-not-streaming',
        'standby-timeline-left',
        'synchronous-standby-none',
      ],
      { ids: [2, 3] },
    )
    expect(sentenceOf(step, 'standby-timeline-left')).toMatch(/is on timeline 1, its primary on 2\.$/)
    expect(sentenceOf(step, 'candidate-none')).toContain('it is on timeline 1 and not on 2')
  })
})
