import { expect, test } from 'vitest'
import { waitFor } from '../../kernel/index.ts'
import { fixtureImage } from '../../substrate/fixture-image.ts'
import { openRun } from '../../substrate/index.ts'
import type { Cluster } from '../cluster.ts'
import { startCluster } from '../cluster.ts'
import type { Node, ReplicaStatus } from './engine.ts'
import { DatabaseError } from './engine.ts'
import { postgres } from './postgres.ts'
import { follow, streamFromFirst } from './postgres-steps.ts'
import { run } from './steps.ts'

test('a standby says whether it streams, replays, on which timeline, and why not; a refusal is told from silence', async () => {
  await using machines = await openRun()
  const options = { replicas: 1, gtid: false, logReplicaUpdates: true, semiSync: undefined }
  const image = await fixtureImage(postgres.image)
  await using cluster = await startCluster({ ...options, engine: postgres, image }, machines)
  const [primary, standby] = cluster.nodes as [Node, Node]
  const status = async (node: Node): Promise<ReplicaStatus | undefined> =>
    postgres.replicaStatus(await cluster.session(node), node)

  expect(await status(standby)).toMatchObject({ receiving: 'no', applying: 'yes', source: '', error: undefined })
  await streamFromFirst(cluster)
  expect(await status(primary)).toBeUndefined()
  expect(await status(standby)).toMatchObject({ receiving: 'yes', applying: 'yes', source: primary.name, timeline: 1 })
  expect(await postgres.timeline?.(await cluster.session(primary))).toBe(1)
  expect(await postgres.timeline?.(await cluster.session(standby))).toBeUndefined()
  expect(await postgres.nodeId(await cluster.session(standby))).toBe(2)

  await run(cluster, standby, 'SELECT pg_wal_replay_pause()')
  await seen(cluster, standby, { receiving: 'yes', applying: 'no' })
  await run(cluster, standby, 'SELECT pg_wal_replay_resume()')

  const refused = run(cluster, standby, postgres.ledgerTable)
  await expect(refused).rejects.toThrow(DatabaseError)
  await expect(refused).rejects.toMatchObject({ refused: true, state: '25006' })
  const dropped = run(cluster, primary, 'SELECT pg_terminate_backend(pg_backend_pid())')
  await expect(dropped).rejects.toMatchObject({ refused: false, state: undefined })
  const asked = await postgres.open(await cluster.address(primary), undefined, 200)
  await expect(asked.query('SELECT pg_sleep(5)')).rejects.toMatchObject({ refused: false, state: undefined })

  await follow(cluster, standby, { ...primary, name: 'nowhere' })
  const lost = await seen(cluster, standby, { receiving: 'connecting', source: 'nowhere', lagSeconds: 0 })
  expect(lost.error?.text).toMatch(/could not translate host name "nowhere"/)
}, 60_000)

/** Waits until a standby says this of itself, and has an error if it does not receive. */
async function seen(cluster: Cluster, node: Node, wanted: Partial<ReplicaStatus>): Promise<ReplicaStatus> {
  return waitFor(
    `${node.name} to say ${JSON.stringify(wanted)}`,
    async () => {
      const status = await postgres.replicaStatus(await cluster.session(node), node)
      const settled = status !== undefined && (status.receiving === 'yes' || status.error !== undefined)
      const matches = Object.entries(wanted).every(([key, value]) => status?.[key as keyof ReplicaStatus] === value)
      return settled && matches ? { done: status } : { seen: JSON.stringify(status) }
    },
    { deadlineMs: 15_000, everyMs: 50 },
  )
}
