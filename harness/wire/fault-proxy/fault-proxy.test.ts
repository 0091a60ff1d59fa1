import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { dial } from '../../../fixtures/servers/dial.ts'
import { startEcho } from '../../../fixtures/servers/echo.ts'
import { listening } from '../../../fixtures/servers/listening.ts'
import { UsageError, waitFor } from '../../kernel/index.ts'
import type { FaultProxy } from './index.ts'
import { delay, halfOpen, startFaultProxy } from './index.ts'

const MiB = 1024 * 1024
const to = ({ port }: { readonly port: number }) => ({ host: '127.0.0.1', port })

const until = (proxy: FaultProxy, open: number): Promise<void> =>
  waitFor(
    `${open} open connections`,
    () => (proxy.connections.open === open ? { done: undefined } : { seen: `${proxy.connections.open}` }),
    { deadlineMs: 5_000 },
  )

describe('without a toxic', () => {
  test('bytes pass both ways as they are, and are counted', async () => {
    await using echo = await startEcho()
    await using proxy = await startFaultProxy({ to: to(echo) })
    using client = await dial(proxy.address)
    client.socket.write('ahoy')
    expect((await client.bytes(4)).toString()).toBe('ahoy')
    expect(proxy.connections).toEqual({ open: 1, total: 1, bytesUp: 4, bytesDown: 4 })
  })

  test('a client may end its side and still be answered: FIN is passed on, and the answer after it', async () => {
    let heard = ''
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('data', (bytes) => (heard += bytes.toString()))
      socket.on('end', () => socket.end(`you said ${heard}`))
    })
    await using slow = await listening(server)
    await using proxy = await startFaultProxy({ to: to(slow) })
    using client = await dial(proxy.address)
    client.socket.end('all of it')
    await client.until('ended')
    expect(client.received.toString()).toBe('you said all of it')
    await until(proxy, 0)
  })

  test('a server that breaks the connection breaks it for the client', async () => {
    const server = createServer((socket) => void socket.once('data', () => socket.resetAndDestroy()))
    await using breaking = await listening(server)
    await using proxy = await startFaultProxy({ to: to(breaking) })
    using client = await dial(proxy.address)
    client.socket.write('?')
    await client.until('ECONNRESET')
    await until(proxy, 0)
    expect(proxy.connections).toEqual({ open: 0, total: 1, bytesUp: 1, bytesDown: 0 })
  })

  test('a client that breaks the connection breaks it for a server, also one that reads nothing', async () => {
    await using deaf = await listening(createServer((socket) => void socket.pause()))
    await using proxy = await startFaultProxy({ to: to(deaf) })
    using client = await dial(proxy.address)
    const block = Buffer.alloc(64 * 1024)
    // As many blocks as the network takes, and one more that waits in the proxy.
    let full = false
    while (!full) {
      const before = proxy.connections.bytesUp
      client.socket.write(block)
      const look = stood(() => proxy.connections.bytesUp)
      full = before === (await waitFor('the pipe to take a block', look, { deadlineMs: 5_000, everyMs: 2 }))
    }
    client.socket.resetAndDestroy()
    await until(proxy, 0)
    expect(proxy.connections).toMatchObject({ open: 0, bytesDown: 0 })
  })

  test('a server that is not there breaks each connection', async () => {
    const gone = await startEcho()
    await gone[Symbol.asyncDispose]()
    await using proxy = await startFaultProxy({ to: to(gone) })
    using client = await dial(proxy.address)
    await client.until('ECONNRESET')
    expect(client.received.length).toBe(0)
  })

  test('a reader that stands still holds the writer back, and little is kept in between', async () => {
    await using deaf = await listening(createServer((socket) => void socket.pause()))
    await using proxy = await startFaultProxy({ to: to(deaf) })
    using client = await dial(proxy.address)
    const flood = Buffer.alloc(64 * MiB)
    const before = process.memoryUsage().arrayBuffers
    client.socket.write(flood)
    const look = stood(() => proxy.connections.bytesUp)
    const taken = await waitFor('the proxy to read no more', look, { deadlineMs: 5_000 })
    expect(taken).toBeLessThan(flood.length)
    expect(client.socket.writableLength).toBe(flood.length)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * MiB)
  })
})

/** True once a number was the same at ten looks, one after the other. */
function stood(read: () => number) {
  let last = -1
  let same = 0
  return (): { done: number } | { seen: string } => {
    const now = read()
    same = now === last ? same + 1 : 0
    last = now
    return same >= 10 ? { done: now } : { seen: `${now}` }
  }
}

test('`cut` breaks every open connection, and new ones are carried as before', async () => {
  await using echo = await startEcho()
  await using proxy = await startFaultProxy({ to: to(echo) })
  using one = await dial(proxy.address)
  using two = await dial(proxy.address)
  await until(proxy, 2)
  proxy.cut()
  await Promise.all([one.until('ECONNRESET'), two.until('ECONNRESET')])
  using three = await dial(proxy.address)
  three.socket.write('again')
  expect((await three.bytes(5)).toString()).toBe('again')
  expect(proxy.connections).toMatchObject({ open: 1, total: 3 })
})

test('disposing the proxy ends connections, held ones too, and frees its port', async () => {
  await using echo = await startEcho()
  const proxy = await startFaultProxy({ to: to(echo) })
  using client = await dial(proxy.address)
  await proxy.add(halfOpen())
  client.socket.write('never')
  await proxy[Symbol.asyncDispose]()
  await waitFor('the end', () => (client.state === 'open' ? { seen: 'open' } : { done: true }), { deadlineMs: 2_000 })
  await expect(dial(proxy.address)).rejects.toThrow('ECONNREFUSED')
  await expect(proxy[Symbol.asyncDispose]()).resolves.toBeUndefined()
})

test('one toxic added twice counts twice, and is undone one by one', async () => {
  await using echo = await startEcho()
  await using proxy = await startFaultProxy({ to: to(echo) })
  using client = await dial(proxy.address)
  const toxic = delay({ latencyMs: 60, direction: 'up' })
  const first = await proxy.add(toxic)
  await using second = await proxy.add(toxic)
  expect(second.description).toBe(`127.0.0.1:${proxy.address.port} delays up by 60 ms`)
  const roundTrip = async (): Promise<number> => {
    const start = performance.now()
    const { length } = client.received
    client.socket.write('x')
    await client.bytes(length + 1)
    return performance.now() - start
  }
  expect(await roundTrip()).toBeGreaterThanOrEqual(119)
  await first[Symbol.asyncDispose]()
  await first[Symbol.asyncDispose]()
  expect(await roundTrip()).toBeGreaterThanOrEqual(59)
})

describe('a wrong question', () => {
  test('a host that the trial does not own is refused, to carry to and to listen on', async () => {
    const elsewhere = { host: '203.0.113.7', port: 80 }
    await expect(startFaultProxy({ to: elsewhere })).rejects.toThrow(
      'faultProxy.to.host: given "203.0.113.7", wanted a loopback address, or one that is named in `own`',
    )
    await expect(
      startFaultProxy({ to: { host: '127.0.0.1', port: 80 }, listen: { host: '0.0.0.0', port: 0 } }),
    ).rejects.toThrow(UsageError)
    await using _allowed = await startFaultProxy({ to: elsewhere, own: ['203.0.113.7'] })
  })

  test('a port that is taken says so, and what to do', async () => {
    await using taken = await startEcho()
    await expect(startFaultProxy({ to: to(taken), listen: to(taken) })).rejects.toMatchObject({
      code: 'SEATRIAL_FAULT_PROXY',
      because: 'setup',
      mend: expect.stringContaining('EADDRINUSE'),
    })
  })
})
