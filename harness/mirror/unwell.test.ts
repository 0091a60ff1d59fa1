import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { Pool } from 'undici'
import { describe, expect, test, vi } from 'vitest'
import type { Counts } from './copies/ledger.ts'
import { mirrored } from './testing/mirrored.ts'
import type { TestServer } from './testing/servers.ts'
import { httpServer, tcpServer } from './testing/servers.ts'

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

/** What may be wrong with a candidate, and what becomes of copies then. */
const unwell: Readonly<Record<string, readonly [(socket: Socket) => void, keyof Counts['fates']]>> = {
  'answers after its deadline': [
    (socket) => void setTimeout(() => socket.write(ok), 800).unref(),
    'candidate timed out',
  ],
  'never answers': [() => undefined, 'candidate timed out'],
  'resets in the middle': [
    (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab', () => socket.resetAndDestroy()),
    'candidate failed',
  ],
  'closes without a word': [(socket) => socket.end(), 'candidate failed'],
  'drips a byte at a time': [
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
      const drip = setInterval(() => (socket.destroyed ? clearInterval(drip) : socket.write('x')), 50)
      drip.unref()
    },
    'candidate timed out',
  ],
  'frames wrongly': [(socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\nok'), 'candidate failed'],
  'speaks something else': [(socket) => socket.write('220 mail.example ESMTP\r\n'), 'candidate failed'],
  'answers without end': [
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
      const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
      const pour = (): void => {
        if (socket.destroyed) return
        if (socket.write(chunk)) setImmediate(pour)
        else socket.once('drain', pour)
      }
      pour()
    },
    'compared different',
  ],
}

/** So many requests over kept connections, all answered or not. */
async function answeredOf(url: URL, requests: number, connections = 8): Promise<number> {
  const pool = new Pool(url.origin, { connections, pipelining: 1 })
  const statuses = await Promise.all(
    Array.from({ length: requests }, async (_, at) => {
      const { statusCode, body } = await pool.request({ path: `/${at}`, method: 'GET' })
      return (await body.text()) === 'ok' ? statusCode : 0
    }),
  )
  await pool.destroy()
  return statuses.filter((status) => status === 200).length
}

const sum = ({ fates, open }: Counts): number => Object.values(fates).reduce((all, count) => all + count, open)

async function healthy(): Promise<TestServer> {
  return tcpServer((socket) => socket.write(ok))
}

describe('a candidate that', () => {
  test.for(Object.entries(unwell))(
    '%s costs the clients nothing, and each request has one fate',
    async ([, [act, fate]]) => {
      await using primary = await healthy()
      await using candidate = await tcpServer(act)
      const mirror = await mirrored({ primary: primary.url, candidate: candidate.url })
      expect(await answeredOf(mirror.url, 40)).toBe(40)
      const { counts } = await mirror.close()
      expect(counts).toEqual({ requests: 40, open: 0, fates: { [fate]: 40 } })
      expect([primary.requests(), candidate.requests()]).toEqual([40, 40])
    },
  )

  test('refuses costs the clients nothing', async () => {
    await using primary = await healthy()
    const gone = await healthy()
    await gone[Symbol.asyncDispose]()
    const mirror = await mirrored({ primary: primary.url, candidate: gone.url })
    expect(await answeredOf(mirror.url, 40)).toBe(40)
    const { counts, unanswered } = await mirror.close()
    expect(counts.fates).toEqual({ 'candidate failed': 40 })
    expect(unanswered).toEqual([expect.objectContaining({ count: 40, why: expect.stringContaining('ECONNREFUSED') })])
  })
})

test("copies beyond those that may be under way are dropped, and the sums agree with the servers' own", async () => {
  await using primary = await healthy()
  await using candidate = await tcpServer(() => undefined)
  const limits = { inFlight: 10, deadlineMs: 300, maxBody: 1_000, maxHeld: 100_000 }
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, limits })
  expect(await answeredOf(mirror.url, 100, 32)).toBe(100)
  const { counts } = await mirror.close()
  expect(sum(counts)).toBe(100)
  expect(counts.fates['dropped: too many copies under way']).toBe(100 - candidate.requests())
  expect(counts.fates['candidate timed out']).toBe(candidate.requests())
})

test('a second primary that fails says nothing of noise: its pairs are dropped, and counted', async () => {
  await using primary = await healthy()
  await using secondary = await tcpServer((socket) => socket.end())
  await using candidate = await tcpServer((socket) => socket.write(ok.replace('ok', 'no')))
  const mirror = await mirrored({ primary: primary.url, secondary: secondary.url, candidate: candidate.url })
  expect(await answeredOf(mirror.url, 20)).toBe(20)
  const { counts, pairs, weighed } = await mirror.close()
  expect(counts.fates).toEqual({ 'dropped: second primary failed': 20 })
  expect([pairs, weighed.suspects]).toEqual([0, []])
})

test('connections to the candidate are kept', async () => {
  await using primary = await healthy()
  await using candidate = await healthy()
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url })
  for (let round = 0; round < 20; round++) await answeredOf(mirror.url, 20, 4)
  const { counts } = await mirror.close()
  expect(counts.fates).toEqual({ 'compared equal': 400 })
  expect(candidate.connections()).toBeLessThanOrEqual(12)
})

test('a content that is too large passes whole, and is counted', async () => {
  const large = 'x'.repeat(3_000_000)
  await using primary = await httpServer((_request, response) => response.end(large))
  await using candidate = await httpServer((_request, response) => response.end(large))
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url })
  expect(await (await fetch(mirror.url)).text()).toBe(large)
  expect((await mirror.close()).counts.fates).toEqual({ 'dropped: answer too large': 1 })
})

test('a candidate that does not compress is not cut off for being larger than a primary that does', async () => {
  const text = 'what is the same inside is the same\n'.repeat(20_000)
  await using primary = await httpServer((_request, response) => {
    response.setHeader('Content-Encoding', 'gzip')
    response.end(gzipSync(text))
  })
  await using candidate = await httpServer((_request, response) => response.end(text))
  const compare = { ignore: ['field content-encoding'], unordered: [] }
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, compare })
  expect(await (await fetch(mirror.url)).text()).toBe(text)
  expect((await mirror.close()).counts.fates).toEqual({ 'compared equal': 1 })
})

test('a request that would change something never reaches the candidate, unless its route is allowed', async () => {
  await using primary = await healthy()
  await using candidate = await healthy()
  const cohort = { share: 1, by: { kind: 'address' }, allow: ['POST /search*'] } as const
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, cohort })
  for (const [method, path] of [
    ['POST', '/order'],
    ['DELETE', '/search'],
    ['POST', '/search?q=1'],
  ] as const) {
    await (await fetch(new URL(path, mirror.url), { method, body: 'a' })).text()
  }
  const { counts } = await mirror.close()
  expect(counts.fates).toEqual({ 'not allowed': 2, 'compared equal': 1 })
  expect(candidate.requests()).toBe(1)
})

describe('a candidate that never gives a whole answer', () => {
  const limits = { inFlight: 64, deadlineMs: 500, maxBody: 2 ** 20, maxHeld: 2 ** 26, patience: 5 }

  test.for(['closes without a word', 'answers without end', 'resets in the middle'] as const)(
    'and %s is left alone after some copies, and each request has one fate',
    async (name) => {
      await using primary = await healthy()
      await using candidate = await tcpServer(unwell[name]?.[0] ?? (() => undefined))
      const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, limits })
      expect(await answeredOf(mirror.url, 200, 1)).toBe(200)
      const { counts } = await mirror.close()
      const dropped = counts.fates['dropped: the candidate is unwell'] ?? 0
      expect(candidate.requests()).toBe(200 - dropped)
      expect(dropped).toBeGreaterThan(100)
      expect(sum(counts)).toBe(200)
    },
  )

  test('and comes to itself gets copies again', async () => {
    let isWell = false
    await using primary = await healthy()
    await using candidate = await tcpServer((socket) => (isWell ? socket.write(ok) : socket.end()))
    const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, limits })
    const until = async (name: keyof Counts['fates'], times: number): Promise<void> => {
      while ((mirror.counts().fates[name] ?? 0) < times) await answeredOf(mirror.url, 1, 1)
    }
    await until('dropped: the candidate is unwell', 1)
    isWell = true
    await until('compared equal', 1)
    const before = mirror.counts().fates['dropped: the candidate is unwell']
    await until('compared equal', 50)
    expect((await mirror.close()).counts.fates['dropped: the candidate is unwell']).toBe(before)
  })
})

test('who answers far ahead of the primary waits for it, and no time passes for who waits', async () => {
  const large = `HTTP/1.1 200 OK\r\nContent-Length: ${2 ** 24}\r\n\r\n${'x'.repeat(2 ** 24)}`
  const [atPrimary, atCandidate] = [Promise.withResolvers<Socket>(), Promise.withResolvers<Socket>()]
  const isLarge = (bytes: string): boolean => bytes.startsWith('GET /large')
  await using primary = await tcpServer((socket, bytes) =>
    isLarge(bytes) ? atPrimary.resolve(socket) : socket.write(ok),
  )
  await using candidate = await tcpServer((socket, bytes) => {
    if (isLarge(bytes)) atCandidate.resolve(socket)
  })
  // Large enough for a busy machine to carry the content in: only waiting must not count.
  const limits = { inFlight: 64, deadlineMs: 4_000, maxBody: 2 ** 25, maxHeld: 2 ** 26 }
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, limits })
  const answer = fetch(new URL('/large', mirror.url))
  const [own, its] = await Promise.all([atPrimary.promise, atCandidate.promise])
  its.write(large)
  // A copy that was sent later has had its time: so had this one, had it not been kept waiting.
  await (await fetch(new URL('/silent', mirror.url))).text()
  await vi.waitUntil(() => mirror.counts().fates['candidate timed out'] === 1, { timeout: 10_000 })
  expect(its.writableLength).toBeGreaterThan(0)
  own.write(large)
  expect((await (await answer).text()).length).toBe(2 ** 24)
  expect((await mirror.close()).counts.fates).toEqual({ 'candidate timed out': 1, 'compared equal': 1 })
})
