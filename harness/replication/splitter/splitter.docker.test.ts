import { createConnection } from 'mysql2/promise'
import { expect, test } from 'vitest'
import { waitFor } from '../../kernel/index.ts'
import { fixtureImage } from '../../substrate/fixture-image.ts'
import { openRun } from '../../substrate/index.ts'
import { startCluster } from '../cluster.ts'
import type { Node, Session } from '../engines/engine.ts'
import { mariadb } from '../engines/mariadb.ts'
import { run } from '../engines/steps.ts'
import { documents } from '../procedures/documents.ts'
import type { Splitter } from './splitter.ts'
import { startSplitter } from './splitter.ts'

const app = { user: 'app', password: 'app' }
const answeredBy = async (session: Session): Promise<number> => {
  const [row] = await session.query('SELECT @@server_id AS node FROM dual')
  return Number(row?.['node'])
}
const rowsSeen = async (session: Session): Promise<number> => {
  const [row] = await session.query('SELECT COUNT(*) AS count FROM app.ledger')
  return Number(row?.['count'])
}
const write = (session: Session, number: number): Promise<unknown> => session.query(mariadb.insertRow, [1, number, 0])

test('reads go to a replica that has the last write, and everything else to the primary', async () => {
  await using machines = await openRun()
  const image = await fixtureImage(mariadb.image)
  await using cluster = await startCluster({ ...documents.cluster, replicas: 1, engine: mariadb, image }, machines)
  await documents.setUp(cluster)
  const [first, second] = cluster.nodes as [Node, Node]
  await run(cluster, first, mariadb.ledgerTable)
  const [primary, replica] = [await cluster.address(first), await cluster.address(second)]
  const leading = { primary, replicas: [replica], passwords: { app: 'app' } }
  await using waiting = await startSplitter({ ...leading, after: 'wait' })
  await using sticking = await startSplitter({ ...leading, after: 'stick' })
  await using naive = await startSplitter({ ...leading, after: 'at-once' })
  const open = (splitter: Splitter): Promise<Session> => mariadb.open(splitter.address, app)

  await using session = await open(waiting)
  expect(await answeredBy(session)).toBe(2)
  for (let number = 1; number <= 20; number++) {
    await write(session, number)
    expect(await rowsSeen(session), 'a write is seen by the read that follows').toBe(number)
  }
  const { atReplica, turned } = waiting.counts
  expect(atReplica).toBeGreaterThan(1)
  // On a busy machine the replica may take longer than a read waits.
  expect(atReplica + turned).toBe(21)

  await session.query('BEGIN')
  expect(await answeredBy(session), 'inside a transaction').toBe(1)
  await session.query('COMMIT')
  expect(await answeredBy(session)).toBe(2)
  expect(await mariadb.nodeId(session), 'what is asked of the session itself').toBe(1)
  await session.query('SET @page = 1')
  expect(await answeredBy(session), 'a session with state of its own').toBe(1)
  await expect(session.query('SELECT nothing FROM app.nowhere')).rejects.toMatchObject({ number: 1146 })

  const prepared = await createConnection({ ...waiting.address, ...app })
  const [rows] = await prepared.execute('SELECT @@server_id AS node FROM dual')
  expect(rows, 'a prepared statement').toEqual([{ node: 1 }])
  await prepared.end()
  await expect(mariadb.open(waiting.address, { ...app, password: 'wrong' })).rejects.toMatchObject({ number: 1045 })
  await using other = await mariadb.open(waiting.address)
  expect(await answeredBy(other), 'an account whose password nobody told').toBe(1)

  await run(cluster, second, 'STOP SLAVE SQL_THREAD')
  for (const splitter of [waiting, sticking, naive]) {
    await using one = await open(splitter)
    await write(one, 21)
    expect(await answeredBy(one)).toBe(splitter === naive ? 2 : 1)
  }
  await run(cluster, second, 'START SLAVE SQL_THREAD')
  await using later = await open(sticking)
  await waitFor(
    'the replica to be read from again',
    async () => ((await answeredBy(later)) === 2 ? { done: true } : { seen: 'the primary' }),
    { deadlineMs: 5_000 },
  )

  await second.machine.kill('SIGKILL')
  expect(await answeredBy(later), 'a replica that died').toBe(1)
  waiting.lead({ primary, replicas: [] })
  await expect(rowsSeen(session), 'sessions of before').rejects.toMatchObject({ refused: false })
  await using again = await open(waiting)
  expect(await answeredBy(again)).toBe(1)
})
