import { fileURLToPath } from 'node:url'
import type { Pool, RowDataPacket } from 'mysql2/promise'
import { createPool } from 'mysql2/promise'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOrders, oldOrders, ordersServer } from '../../fixtures/dark-launch/orders.ts'
import { listening } from '../../fixtures/servers/listening.ts'
import { waitFor } from '../../harness/kernel/index.ts'
import { buildImage, openRun, startContainer } from '../../harness/substrate/index.ts'
import { found, launch } from './launch.ts'

/** A dark launch orders nothing twice: what customers write goes to the primary's database, and the candidate's stays as it is. */

const stack = new AsyncDisposableStack()
let poolOf: (database?: string) => Pool

beforeAll(async () => {
  const run = stack.use(await openRun())
  const image = await buildImage(fileURLToPath(new URL('../../fixtures/images/mariadb', import.meta.url)))
  const machine = stack.use(await startContainer({ name: 'orders', image, ports: [3306] }, run))
  const { host, port } = await machine.address(3306)
  poolOf = (database) =>
    createPool({ host, port, user: 'drill', password: 'drill', ...(database !== undefined && { database }) })
  const root = poolOf()
  await waitFor(
    'the database to answer',
    () =>
      root.query('SELECT 1').then(
        () => ({ done: true }),
        (error: unknown) => ({ seen: String(error) }),
      ),
    { deadlineMs: 30_000 },
  )
  await root.end()
})

afterAll(() => stack.disposeAsync())

/** A service with a database of its own. */
async function service(database: string) {
  const root = poolOf()
  await root.query(`CREATE DATABASE ${database}`)
  await root.end()
  const pool = poolOf(database)
  await createOrders(pool)
  const server = await listening(ordersServer(pool))
  return {
    url: `http://127.0.0.1:${server.port}`,
    /** Every row of every table. */
    async rows(): Promise<Readonly<Record<string, readonly unknown[]>>> {
      const [tables] = await pool.query<RowDataPacket[]>(
        'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ?',
        [database],
      )
      const names = tables.map(({ name }) => String(name)).toSorted()
      const filled = names.map(
        async (name) => [name, (await pool.query<RowDataPacket[]>(`SELECT * FROM ${name} ORDER BY 1`))[0]] as const,
      )
      return Object.fromEntries(await Promise.all(filled))
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await pool.end()
    },
  }
}

/** Half of it writes; what is read is read of orders that nobody changes. */
const customers = (random: () => number, at: number): object => {
  const old = 1 + Math.floor(random() * oldOrders)
  const own = oldOrders + 1 + Math.floor(random() * 4 * oldOrders)
  const body = JSON.stringify({ item: `anchor ${old}`, pieces: at })
  const writes = [
    { method: 'POST', path: '/orders', body },
    { method: 'PUT', path: `/orders/${own}`, body },
    { method: 'DELETE', path: `/orders/${own}` },
    { method: 'POST', path: '/search', body },
  ]
  return writes[at % 8] ?? { path: `/orders/${old}` }
}
const traffic = { traffic: customers, requests: 800, slowest: 100 }

test('no row of the candidate changes, whatever customers order, change and delete', async () => {
  await using primary = await service('primary_one')
  await using candidate = await service('candidate_one')
  const [before, own] = [await candidate.rows(), await primary.rows()]
  const step = await launch({ primary: primary.url, candidate: candidate.url }, traffic)
  expect(await candidate.rows()).toEqual(before)
  expect(await primary.rows()).not.toEqual(own)
  expect(found(step)).toEqual([])
  expect(JSON.parse(step.attachments?.[0]?.content ?? '')).toMatchObject({
    counts: { requests: 800, fates: { 'compared equal': 400, 'not allowed': 400 } },
  })
})

test('a search that is asked with POST may be copied, and changes no row either', async () => {
  await using primary = await service('primary_two')
  await using candidate = await service('candidate_two')
  const before = await candidate.rows()
  const step = await launch({ primary: primary.url, candidate: candidate.url }, { ...traffic, allow: ['POST /search'] })
  expect(await candidate.rows()).toEqual(before)
  expect(JSON.parse(step.attachments?.[0]?.content ?? '')).toMatchObject({
    counts: { fates: { 'compared equal': 500, 'not allowed': 300 } },
  })
})

test('rows do change once a route that writes is allowed: the comparison of rows would have seen it', async () => {
  await using primary = await service('primary_three')
  await using candidate = await service('candidate_three')
  const before = await candidate.rows()
  await launch({ primary: primary.url, candidate: candidate.url }, { ...traffic, allow: ['POST /orders'] })
  const { orders = [] } = await candidate.rows()
  expect(orders.length).toBe((before['orders']?.length ?? 0) + 100)
})
