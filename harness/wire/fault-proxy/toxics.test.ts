import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { Dialled } from '../../../fixtures/servers/dial.ts'
import { dial } from '../../../fixtures/servers/dial.ts'
import { startEcho } from '../../../fixtures/servers/echo.ts'
import { listening } from '../../../fixtures/servers/listening.ts'
import { UsageError } from '../../kernel/index.ts'
import type { FaultProxy } from './index.ts'
import { bandwidth, delay, halfOpen, limit, reset, slice, startFaultProxy } from './index.ts'

/** A proxy in front of an echo, and one connection through it that was open before any toxic. */
async function rig(): Promise<AsyncDisposable & { readonly proxy: FaultProxy; readonly client: Dialled }> {
  await using stack = new AsyncDisposableStack()
  const echo = stack.use(await startEcho())
  const proxy = stack.use(await startFaultProxy({ to: { host: '127.0.0.1', port: echo.port }, seed: 7 }))
  const client = stack.use(await dial(proxy.address))
  client.socket.write('hello')
  await client.bytes(5)
  const moved = stack.move()
  return { proxy, client, [Symbol.asyncDispose]: () => moved.disposeAsync() }
}

async function msFor(client: Dialled, text: string | Buffer): Promise<number> {
  const start = performance.now()
  const { length } = client.received
  client.socket.write(text)
  await client.bytes(length + text.length)
  return performance.now() - start
}

// Timers of Node may fire up to a millisecond early as the other clock sees it.
const early = 1

describe('delay', () => {
  test('adds its latency to each direction of an open connection', async () => {
    await using setup = await rig()
    await using _slow = await setup.proxy.add(delay({ latencyMs: 100 }))
    expect(await msFor(setup.client, 'x')).toBeGreaterThanOrEqual(200 - early)
  })

  test('delays FIN as it delays bytes', async () => {
    await using setup = await rig()
    await using _slow = await setup.proxy.add(delay({ latencyMs: 80 }))
    const start = performance.now()
    setup.client.socket.end()
    await setup.client.until('ended')
    expect(performance.now() - start).toBeGreaterThanOrEqual(160 - early)
  })

  test('delays in one direction alone when told so, and jitter only adds', async () => {
    await using setup = await rig()
    await using _slow = await setup.proxy.add(delay({ latencyMs: 50, jitterMs: 30, direction: 'down' }))
    expect(await msFor(setup.client, 'x')).toBeGreaterThanOrEqual(50 - early)
  })

  test('pieces wait side by side: ten of them one after another cost one latency, not ten', async () => {
    await using setup = await rig()
    const { proxy, client } = setup
    await using _slow = await proxy.add(delay({ latencyMs: 400, direction: 'up' }))
    const start = performance.now()
    const { length } = client.received
    for (let i = 0; i < 10; i++) {
      client.socket.write('x')
      await new Promise((resolve) => setImmediate(resolve))
    }
    await client.bytes(length + 10)
    expect(performance.now() - start).toBeGreaterThanOrEqual(400 - early)
    expect(performance.now() - start).toBeLessThan(4_000)
  })

  test('what already waits goes on at once when the delay is undone, and what comes after it', async () => {
    await using setup = await rig()
    const { proxy, client } = setup
    const handle = await proxy.add(delay({ latencyMs: 600_000 }))
    client.socket.write('stuck')
    await handle[Symbol.asyncDispose]()
    expect((await client.bytes(10)).toString()).toBe('hellostuck')
    await msFor(client, ' no more')
    expect(client.received.toString()).toBe('hellostuck no more')
  })
})

describe('bandwidth', () => {
  test('bytes take as long as the line is narrow', async () => {
    await using setup = await rig()
    await using _narrow = await setup.proxy.add(bandwidth({ bytesPerSecond: 100_000, direction: 'down' }))
    expect(await msFor(setup.client, Buffer.alloc(30_000))).toBeGreaterThanOrEqual(300 - early)
  })

  test('what would take days arrives when the line is wide again', async () => {
    await using setup = await rig()
    const { proxy, client } = setup
    const handle = await proxy.add(bandwidth({ bytesPerSecond: 1 }))
    client.socket.write(Buffer.alloc(500_000))
    await handle[Symbol.asyncDispose]()
    expect((await client.bytes(500_005)).length).toBe(500_005)
  })

  test('holds for new connections as for open ones, each with a line of its own', async () => {
    await using setup = await rig()
    await using _narrow = await setup.proxy.add(bandwidth({ bytesPerSecond: 50_000, direction: 'up' }))
    using other = await dial(setup.proxy.address)
    const times = await Promise.all([setup.client, other].map((client) => msFor(client, Buffer.alloc(10_000))))
    expect(Math.min(...times)).toBeGreaterThanOrEqual(200 - early)
  })
})

describe('reset', () => {
  test('breaks the connection after exactly so many bytes', async () => {
    await using setup = await rig()
    const { proxy, client } = setup
    await using _broken = await proxy.add(reset({ afterBytes: 10, direction: 'down' }))
    client.socket.write('0123456789abcdef')
    await client.until('ECONNRESET')
    expect(client.received.toString()).toBe('hello0123456789')
  })

  test('breaks open and new connections after a time, without any byte', async () => {
    await using setup = await rig()
    await using _broken = await setup.proxy.add(reset({ afterMs: 60 }))
    const start = performance.now()
    using fresh = await dial(setup.proxy.address)
    await Promise.all([setup.client.until('ECONNRESET'), fresh.until('ECONNRESET')])
    expect(performance.now() - start).toBeGreaterThanOrEqual(60 - early)
  })

  test('said nothing more, breaks at once; undone in time, breaks nothing', async () => {
    await using setup = await rig()
    const { proxy, client } = setup
    const later = await proxy.add(reset({ afterMs: 50, afterBytes: 100 }))
    await later[Symbol.asyncDispose]()
    await using _wait = await proxy.add(delay({ latencyMs: 60 }))
    await msFor(client, Buffer.alloc(200))
    expect(client.state).toBe('open')
    await using _now = await proxy.add(reset())
    await client.until('ECONNRESET')
  })
})

describe('half-open', () => {
  test('connections are taken and nothing passes, neither bytes nor FIN; undone, all of it does', async () => {
    const heard: string[] = []
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('data', (bytes) => heard.push(bytes.toString()))
      socket.on('end', () => {
        heard.push('FIN')
        socket.end('bye')
      })
    })
    await using quiet = await listening(server)
    await using proxy = await startFaultProxy({ to: { host: '127.0.0.1', port: quiet.port } })
    await using probe = await startFaultProxy({ to: { host: '127.0.0.1', port: quiet.port } })
    const handle = await proxy.add(halfOpen())
    using client = await dial(proxy.address)
    client.socket.end('anybody?')
    // A round trip beside it, to the same server, is time enough for whatever would get through.
    using beside = await dial(probe.address)
    beside.socket.end('beside')
    await beside.until('ended')
    expect(heard).toEqual(['beside', 'FIN'])
    expect([client.state, client.received.length]).toEqual(['open', 0])
    await handle[Symbol.asyncDispose]()
    await client.until('ended')
    expect(heard).toEqual(['beside', 'FIN', 'anybody?', 'FIN'])
    expect(client.received.toString()).toBe('bye')
  })

  test('in one direction alone, the other goes on', async () => {
    await using setup = await rig()
    const { proxy, client } = setup
    const up = proxy.connections.bytesUp
    const handle = await proxy.add(halfOpen({ direction: 'down' }))
    client.socket.write('heard, not answered')
    await expect.poll(() => proxy.connections.bytesUp, { timeout: 5_000 }).toBe(up + 19)
    expect(client.received.toString()).toBe('hello')
    await handle[Symbol.asyncDispose]()
    expect((await client.bytes(24)).toString()).toBe('helloheard, not answered')
  })

  test('a client that breaks the connection is not told to the server until it is undone', async () => {
    const told: string[] = []
    const server = createServer((socket) => {
      socket.on('error', (error: NodeJS.ErrnoException) => told.push(error.code ?? ''))
    })
    await using quiet = await listening(server)
    await using proxy = await startFaultProxy({ to: { host: '127.0.0.1', port: quiet.port } })
    using client = await dial(proxy.address)
    const handle = await proxy.add(halfOpen())
    client.socket.resetAndDestroy()
    using beside = await dial(proxy.address)
    expect([told, beside.state]).toEqual([[], 'open'])
    await handle[Symbol.asyncDispose]()
    await expect.poll(() => told, { timeout: 5_000 }).toEqual(['ECONNRESET'])
  })
})

describe('slice', () => {
  test('what was written at once arrives in pieces, and in one again when undone', async () => {
    await using setup = await rig()
    const { proxy, client } = setup
    const handle = await proxy.add(slice({ bytes: 3, everyMs: 5, direction: 'down' }))
    const { reads } = client
    expect(await msFor(client, 'abcdefghijkl')).toBeGreaterThanOrEqual(15 - early)
    expect(client.reads - reads).toBeGreaterThan(1)
    await handle[Symbol.asyncDispose]()
    const before = client.reads
    await msFor(client, 'abcdefghijkl')
    expect(client.reads - before).toBe(1)
  })
})

describe('limit', () => {
  test('so many bytes pass, then both sides see an orderly end', async () => {
    await using setup = await rig()
    const { proxy, client } = setup
    await using _short = await proxy.add(limit({ bytes: 4, direction: 'down' }))
    client.socket.write('truncated')
    await client.until('ended')
    expect(client.received.toString()).toBe('hellotrun')
  })

  test('of 0 bytes closes what is open at once, and undone lets new connections be', async () => {
    await using setup = await rig()
    const { proxy, client } = setup
    const handle = await proxy.add(limit({ bytes: 0 }))
    await client.until('ended')
    using refused = await dial(proxy.address)
    await refused.until('ended')
    await handle[Symbol.asyncDispose]()
    using fresh = await dial(proxy.address)
    await msFor(fresh, 'back')
    expect(fresh.received.toString()).toBe('back')
  })

  test('undone before it is reached, it closes nothing', async () => {
    await using setup = await rig()
    const { proxy, client } = setup
    const handle = await proxy.add(limit({ bytes: 6 }))
    await msFor(client, 'abc')
    await handle[Symbol.asyncDispose]()
    await msFor(client, 'abcdefghijkl')
    expect(client.state).toBe('open')
  })
})

test('toxics add up: a delay and a narrow line cost both, in whatever order they came', async () => {
  await using setup = await rig()
  const { proxy, client } = setup
  await using _narrow = await proxy.add(bandwidth({ bytesPerSecond: 100_000, direction: 'up' }))
  await using _far = await proxy.add(delay({ latencyMs: 100, direction: 'up' }))
  await using _small = await proxy.add(slice({ bytes: 500, everyMs: 0, direction: 'up' }))
  expect(await msFor(client, Buffer.alloc(10_000))).toBeGreaterThanOrEqual(200 - early)
})

test.each([
  ['delay.latencyMs', () => delay({ latencyMs: -1 })],
  ['delay.jitterMs', () => delay({ latencyMs: 1, jitterMs: NaN })],
  ['bandwidth.bytesPerSecond', () => bandwidth({ bytesPerSecond: 0 })],
  ['slice.bytes', () => slice({ bytes: 0 })],
  ['slice.everyMs', () => slice({ bytes: 1, everyMs: -1 })],
  ['limit.bytes', () => limit({ bytes: 1.5 })],
  ['reset.afterBytes', () => reset({ afterBytes: 0 })],
  ['reset.afterMs', () => reset({ afterMs: 2 ** 31 })],
] as const)('%s is held to what it can mean, by name', (path, make) => {
  expect(make).toThrow(UsageError)
  expect(make).toThrow(path)
})
