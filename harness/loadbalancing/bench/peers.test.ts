import { describe, expect, test } from 'vitest'
import { waitFor } from '../../kernel/index.ts'
import { startPeers } from '../testing/start-peers.ts'
import type { Arrivals, Peers } from './peers.ts'
import type { Visitor, VisitorOptions } from './visitor.ts'
import { visitor } from './visitor.ts'
import type { Front, Way } from './way.ts'

interface Scene extends AsyncDisposable {
  readonly peers: Peers
  readonly way: Way
  readonly front: Front
  readonly open: (options?: Partial<VisitorOptions>) => Visitor
  readonly saw: () => Promise<Arrivals>
}

/** One echo server, which visitors ask without a balancer between. */
async function scene(): Promise<Scene> {
  const started = await startPeers()
  const { peers, way } = started
  const front = { host: '127.0.0.1', port: (await peers.open(['app/a'])).get('app/a') ?? 0, tls: false }
  return {
    peers,
    way,
    front,
    open: (options = {}) => visitor(way, front, { host: 'www.example.org', path: '/', ...options }),
    async saw() {
      const { 'app/a': saw } = await peers.seen(['app/a'])
      if (saw === undefined) throw new Error('the server is not known')
      return saw
    },
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  }
}

test('a visitor hears which server answered, and the server remembers what it was sent, as it was written', async () => {
  await using stage = await scene()
  using one = stage.open()
  const answer = await one.ask({ path: '/a?b=%6C', method: 'POST', fields: { 'x-CASE': ['1', '2'] } })
  expect(answer).toMatchObject({ status: 200, server: 'app/a', trouble: undefined })
  const [request] = (await stage.saw()).requests
  expect(request).toMatchObject({
    visit: answer.visit,
    method: 'POST',
    target: '/a?b=%6C',
    connection: 1,
    end: 'answered',
  })
  expect(request?.fields.filter(([name]) => name === 'x-CASE')).toEqual([
    ['x-CASE', '1'],
    ['x-CASE', '2'],
  ])
})

test('a visitor keeps its connection, and the server tells on which one each request came', async () => {
  await using stage = await scene()
  using one = stage.open()
  using other = stage.open()
  for (const who of [one, one, other, one]) await who.ask()
  expect([one.connections(), other.connections()]).toEqual([1, 1])
  expect((await stage.saw()).requests.map(({ connection }) => connection)).toEqual([1, 1, 2, 1])
})

test('what comes without the name of a visit is a health check: it has a status of its own, and is no request', async () => {
  await using stage = await scene()
  await stage.peers.behave({ 'app/a': { healthStatus: 500, status: 202 } })
  const checked = await fetch(`http://127.0.0.1:${stage.front.port}/health`)
  using one = stage.open()
  expect([checked.status, (await one.ask()).status]).toEqual([500, 202])
  const { connections, requests } = await stage.saw()
  expect([connections, requests.length]).toEqual([2, 1])
})

test('what was seen is forgotten, and connections are counted on', async () => {
  await using stage = await scene()
  using one = stage.open()
  await one.ask()
  await stage.peers.forget(['app/a'])
  await one.ask()
  const { connections, open, requests } = await stage.saw()
  expect({ connections, open, on: requests.map(({ connection }) => connection) }).toEqual({
    connections: 0,
    open: 1,
    on: [1],
  })
})

describe('a server behaves as it is told', () => {
  test('status and fields of its answers', async () => {
    await using stage = await scene()
    await stage.peers.behave({ 'app/a': { status: 500, fields: [['Cache-Control', 'no-store']] } })
    using one = stage.open()
    const { status, server, fields } = await one.ask()
    expect({ status, server }).toEqual({ status: 500, server: 'app/a' })
    expect(fields).toContainEqual(['Cache-Control', 'no-store'])
  })

  test('late', async () => {
    await using stage = await scene()
    await stage.peers.behave({ 'app/a': { delayMs: 60 } })
    using one = stage.open()
    // Timers may end a millisecond early.
    expect((await one.ask()).ms).toBeGreaterThanOrEqual(59)
  })

  test('never, until the visitor gives up, which it notices', async () => {
    await using stage = await scene()
    await stage.peers.behave({ 'app/a': { silent: true } })
    using one = stage.open({ deadlineMs: 80 })
    expect(await one.ask()).toMatchObject({ status: 0, server: undefined, trouble: 'no answer in 80 ms' })
    await untilEnd(stage, 'left')
  })

  test('gone: what was under way is cut off, nobody connects, and the same port answers when it is back', async () => {
    await using stage = await scene()
    await stage.peers.behave({ 'app/a': { silent: true } })
    using one = stage.open()
    const cut = one.ask()
    await untilEnd(stage, 'pending')
    await stage.peers.behave({ 'app/a': { listening: false } })
    expect((await cut).trouble).toMatch(/ECONNRESET|hang up/)
    expect((await one.ask()).trouble).toContain('ECONNREFUSED')
    await stage.peers.behave({ 'app/a': {} })
    expect(await one.ask()).toMatchObject({ status: 200, server: 'app/a' })
  })
})

test('a visitor who leaves in the middle is noticed', async () => {
  await using stage = await scene()
  await stage.peers.behave({ 'app/a': { silent: true } })
  using one = stage.open()
  const cut = one.ask()
  await untilEnd(stage, 'pending')
  one.leave()
  expect((await cut).status).toBe(0)
  await untilEnd(stage, 'left')
})

test('a server that was never opened cannot be told anything', async () => {
  await using stage = await scene()
  await expect(stage.peers.behave({ 'app/b': {} })).rejects.toMatchObject({
    code: 'SEATRIAL_PEERS',
    because: 'setup',
    message: expect.stringContaining('no server is called app/b'),
  })
})

async function untilEnd({ saw }: Scene, wanted: string): Promise<void> {
  await waitFor(
    `a request that is ${wanted}`,
    async () => {
      const ends = (await saw()).requests.map(({ end }) => end)
      return ends.some((end) => end === wanted) ? { done: undefined } : { seen: ends.join(', ') }
    },
    { deadlineMs: 2_000, everyMs: 5 },
  )
}
