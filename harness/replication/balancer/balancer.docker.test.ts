import { expect, test } from 'vitest'
import { waitFor } from '../../kernel/index.ts'
import { fixtureImage } from '../../substrate/fixture-image.ts'
import { openRun } from '../../substrate/index.ts'
import { startCluster } from '../cluster.ts'
import type { Node, Session } from '../engines/engine.ts'
import { mariadb } from '../engines/mariadb.ts'
import { run } from '../engines/steps.ts'
import { documents } from '../procedures/documents.ts'
import { startBalancer } from './balancer.ts'
import { watchReplicas } from './watch.ts'

test('writes go where the promotion says, reads to replicas that keep up, and open connections are led as well', async () => {
  await using machines = await openRun()
  const image = await fixtureImage(mariadb.image)
  await using cluster = await startCluster({ ...documents.cluster, replicas: 1, engine: mariadb, image }, machines)
  await documents.setUp(cluster)
  const [first, second] = cluster.nodes as [Node, Node]
  await run(cluster, first, mariadb.ledgerTable)
  const how = { writesLedBy: 'promotion', replicasWatched: true } as const
  await using balancer = await startBalancer({ cluster, run: machines, ...how })
  const nodeAt = async (address: { host: string; port: number }): Promise<number> => {
    await using session = await mariadb.open(address)
    return await mariadb.nodeId(session)
  }
  const until = (port: 'writes' | 'reads', node: Node): Promise<true> =>
    waitFor(
      `${port} to go to ${node.name}`,
      async () => {
        const at = await nodeAt(balancer[port])
        return at === node.id ? { done: true } : { seen: `node ${at}` }
      },
      { deadlineMs: 10_000 },
    )
  await until('writes', first)
  await until('reads', second)
  expect(await balancer.reaches(first)).toBe(true)

  const notes: string[] = []
  await using _watch = watchReplicas(balancer, cluster, (what) => notes.push(what))
  await using reader: Session = await mariadb.open(balancer.reads)
  await run(cluster, second, 'STOP SLAVE SQL_THREAD')
  await run(cluster, first, 'INSERT INTO app.ledger (client, number, era, origin) VALUES (1, 1, 0, 1)')
  await until('reads', first)
  await expect(reader.query('SELECT 1'), 'who had been led there').rejects.toMatchObject({ refused: false })
  await run(cluster, second, 'START SLAVE SQL_THREAD')
  await until('reads', second)
  expect(notes).toContain('node-2 is not read from any more')
  const last = 'node-1 is not read from any more'
  const told = (): { done: true } | { seen: string } =>
    notes.at(-1) === last ? { done: true } : { seen: notes.at(-1) ?? '' }
  await waitFor('the primary to be left alone', told, { deadlineMs: 5_000 })

  await balancer.set('writes', second, 'ready')
  await balancer.set('writes', first, 'out')
  expect(await nodeAt(balancer.writes)).toBe(2)
  const stranger: Node = { ...second, name: 'node-9' }
  await expect(balancer.set('writes', stranger, 'out')).rejects.toMatchObject({ code: 'SEATRIAL_BALANCER' })
})
