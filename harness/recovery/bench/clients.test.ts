import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { waitFor } from '../../kernel/index.ts'
import type { Clients } from './clients.ts'
import { startClients } from './clients.ts'

type Way = 'silence' | 'serve' | 'maintenance' | 'broken'

/** A server that answers as it is told, and clients of it. */
async function served(): Promise<AsyncDisposable & { way: Way; answers: number; clients: Clients }> {
  const server = createServer((_request, response) => {
    bench.answers += 1
    if (bench.way === 'silence') return
    if (bench.way === 'serve') response.end('1.9.0\n')
    else if (bench.way === 'maintenance') response.writeHead(503, { 'Retry-After': '30' }).end()
    else response.writeHead(500).end('module failed')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A listening TCP socket has such an address.
  const { port } = server.address() as AddressInfo
  const bench = {
    way: 'serve' as Way,
    answers: 0,
    clients: startClients(`http://127.0.0.1:${port}/`, (body) => body.startsWith('1.'), 200),
    async [Symbol.asyncDispose]() {
      bench.clients.abandon()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return bench
}

async function more(bench: { readonly answers: number }, count: number): Promise<void> {
  const enough = bench.answers + count
  const look = (): { done: true } | { seen: string } =>
    bench.answers >= enough ? { done: true } : { seen: `${bench.answers} answers` }
  await waitFor('more answers', look, { deadlineMs: 5_000, everyMs: 2 })
}

test('clients that are served all the while saw no error and no outage', async () => {
  await using bench = await served()
  await more(bench, 3)
  const seen = await bench.clients.stop()
  expect(seen).toMatchObject({ announced: 0, errors: 0, firstError: undefined, outageMs: 0 })
  expect(seen.asked).toBeGreaterThanOrEqual(7)
})

test('an announced maintenance is no error, and as long as nobody was served', async () => {
  await using bench = await served()
  await more(bench, 3)
  bench.way = 'maintenance'
  await more(bench, 4)
  bench.way = 'serve'
  const seen = await bench.clients.stop()
  expect(seen.errors).toBe(0)
  expect(seen.announced).toBeGreaterThanOrEqual(3)
  expect(seen.outageMs).toBeGreaterThan(20)
})

test('an outage that has not ended has no length, and the first error is told', async () => {
  await using bench = await served()
  await more(bench, 2)
  bench.way = 'broken'
  const seen = await bench.clients.stop()
  expect(seen).toMatchObject({ outageMs: undefined, firstError: '500 module failed' })
  expect(seen.errors).toBeGreaterThan(0)
})

test('what happens while they rest is seen by nobody', async () => {
  await using bench = await served()
  await more(bench, 2)
  await bench.clients.unseen(async () => {
    const asked = bench.answers
    bench.way = 'broken'
    await new Promise((resolve) => setImmediate(resolve))
    expect(bench.answers).toBe(asked)
    bench.way = 'serve'
  })
  expect(await bench.clients.stop()).toMatchObject({ errors: 0 })
})

test('a question that is lost on the way is asked again; of many that are lost nothing can be said', async () => {
  await using bench = await served()
  await more(bench, 2)
  bench.way = 'silence'
  await more(bench, 2)
  bench.way = 'serve'
  await more(bench, 2)
  bench.way = 'silence'
  await expect(bench.clients.stop()).rejects.toThrow('came to nothing on the way')
})
