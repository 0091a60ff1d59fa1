import { rm } from 'node:fs/promises'
import { Agent, request as ask } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { Counts } from './copies/ledger.ts'
import type { ReplayOptions } from './open-replay.ts'
import { openReplay } from './open-replay.ts'
import { openRecord } from './record/open-record.ts'
import type { MirrorSeen } from './seen.ts'
import { mirrored } from './testing/mirrored.ts'
import { fileOf } from './testing/reading.ts'
import type { TestServer } from './testing/servers.ts'
import { httpServer } from './testing/servers.ts'

const json = { 'content-type': 'application/json' }

/** Answers what it was asked, and with another price where a path says so. */
async function shop(dear: RegExp, heard: string[] = []): Promise<TestServer> {
  return httpServer((request, response, body) => {
    const { method = '', url = '' } = request
    heard.push(`${method} ${url} ${body.length}`)
    response.writeHead(200, json).end(JSON.stringify({ price: dear.test(url) ? 11 : 10, url, body: body.toString() }))
  })
}

async function replayed(
  file: string,
  options: Pick<ReplayOptions, 'candidate'> & Partial<ReplayOptions>,
): Promise<MirrorSeen> {
  const replay = await openReplay({
    file,
    given: { name: 'traffic' },
    cohort: { share: 1, by: { kind: 'address' }, allow: ['POST /search*'] },
    compare: { ignore: [], unordered: [] },
    limits: { inFlight: 64, deadlineMs: 2_000, maxBody: 2 ** 20, maxHeld: 2 ** 26 },
    alpha: 0.01,
    slowest: 100,
    seed: 1,
    askAgain: false,
    speed: Number.POSITIVE_INFINITY,
    order: 'connection',
    connections: 8,
    signal: new AbortController().signal,
    ...options,
  })
  return replay.run()
}

/** Users on connections of their own, through a mirror that records; the path of the record, and what the mirror saw. */
async function recording(users: number, each: number) {
  const folder = await fileOf('')
  const path = `${folder.path}.jsonl`
  const record = await openRecord(path, {
    name: '--out',
    head: { seatrial: '0', startedAt: '2026-11-22T11:00:00Z', primary: 'p', candidate: 'c', maxBody: 10_000 },
    maxHeld: 2 ** 20,
  })
  await using primary = await shop(/never/)
  await using candidate = await shop(/7$/)
  const mirror = await mirrored({
    primary: primary.url,
    candidate: candidate.url,
    record,
    cohort: { share: 1, by: { kind: 'address' }, allow: ['POST /search*'] },
  })
  await Promise.all(
    Array.from({ length: users }, async (_, user) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      for (let at = 0; at < each; at++) {
        await sent(mirror.url, { agent, path: `/user-${user}/${at}` })
        if (at % 5 === 0) await sent(mirror.url, { agent, path: `/search?user=${user}`, body: 'x'.repeat(at) })
      }
      agent.destroy()
    }),
  )
  const seen = await mirror.close()
  await record.close()
  return { path, seen, [Symbol.asyncDispose]: () => rm(folder.path, { recursive: true, force: true }) }
}

function sent(url: URL, { agent, path, body }: { agent: Agent; path: string; body?: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST'
    const request = ask(new URL(path, url), { agent, method }, (response) => response.resume().on('end', resolve))
    request.on('error', reject)
    request.end(body)
  })
}

const fates = ({ counts }: { readonly counts: Counts }): Counts['fates'] => counts.fates

describe('what a mirror wrote down', () => {
  test('comes to the same when it is played: the same requests in order, the same fates and places', async () => {
    await using live = await recording(4, 20)
    const [atPrimary, atCandidate]: [string[], string[]] = [[], []]
    await using primary = await shop(/never/, atPrimary)
    await using candidate = await shop(/7$/, atCandidate)
    const seen = await replayed(live.path, { primary: primary.url, candidate: candidate.url })
    expect(seen.counts).toEqual(live.seen.counts)
    expect(seen.pairs).toBe(live.seen.pairs)
    expect(seen.weighed.suspects.map(({ place, candidateOnly }) => [place, candidateOnly])).toEqual([
      ['json $.price', 8],
    ])
    expect(live.seen.weighed.suspects.map(({ place, candidateOnly }) => [place, candidateOnly])).toEqual([
      ['json $.price', 8],
    ])
    for (const heard of [atPrimary, atCandidate]) {
      for (let user = 0; user < 4; user++) {
        const own = heard.filter((line) => line.startsWith(`GET /user-${user}/`))
        expect(own).toEqual(Array.from({ length: 20 }, (_, at) => `GET /user-${user}/${at} 0`))
      }
      expect(heard.filter((line) => line.startsWith('POST')).toSorted()).toEqual(
        Array.from({ length: 4 }, (_, user) =>
          [0, 10, 15, 5].map((bytes) => `POST /search?user=${user} ${bytes}`),
        ).flat(),
      )
    }
    expect(seen.replay).toMatchObject({ sent: 96, withRecorded: false, unread: { count: 0 }, interrupted: false })
  })

  test('is compared with its own answers where no primary runs, and nobody is called slow', async () => {
    await using live = await recording(2, 20)
    await using candidate = await shop(/7$/)
    const seen = await replayed(live.path, { candidate: candidate.url })
    expect(fates(seen)).toEqual(fates(live.seen))
    expect(seen.latency).toBeUndefined()
    expect(seen.replay?.withRecorded).toBe(true)
  })

  test('is not played where it would change something, unless its route is allowed; nowhere', async () => {
    await using live = await recording(1, 10)
    await using primary = await shop(/never/)
    await using candidate = await shop(/never/)
    const cohort = { share: 1, by: { kind: 'address' }, allow: [] } as const
    const seen = await replayed(live.path, { primary: primary.url, candidate: candidate.url, cohort })
    expect(fates(seen)).toEqual({ 'compared equal': 10, 'not allowed': 2 })
    expect([primary.requests(), candidate.requests()]).toEqual([10, 10])
  })

  test('is played against a second primary as well, and its noise is learnt', async () => {
    await using live = await recording(1, 20)
    const noisy = await httpServer((_request, response) => response.end(String(Math.random())))
    await using primary = noisy
    await using secondary = await httpServer((_request, response) => response.end(String(Math.random())))
    await using candidate = await httpServer((_request, response) => response.end(String(Math.random())))
    const seen = await replayed(live.path, { primary: primary.url, secondary: secondary.url, candidate: candidate.url })
    expect(fates(seen)).toEqual({ 'compared different': 24 })
    expect(seen.weighed.suspects).toEqual([])
    expect(secondary.requests()).toBe(24)
  })
})

const line = (at: number, method = 'GET'): string =>
  `192.0.2.${at % 3} - - [22/Nov/2026:11:00:0${at % 10} +0000] "${method} /${at} HTTP/1.1" 200 5\n`
const log = (count: number): string => Array.from({ length: count }, (_, at) => line(at)).join('')

test('an access log is played, and what it cannot say is said', async () => {
  await using file = await fileOf(`${log(30)}nonsense\n${line(1, 'DELETE')}`)
  await using primary = await shop(/never/)
  await using candidate = await shop(/7$/)
  const seen = await replayed(file.path, { primary: primary.url, candidate: candidate.url })
  expect(fates(seen)).toEqual({ 'compared equal': 27, 'compared different': 3, 'not allowed': 1 })
  expect(seen.replay).toMatchObject({
    format: 'an access log of Apache',
    lacks: expect.arrayContaining(['contents of requests']),
    unread: { count: 1, first: [{ where: 'line 31' }] },
    ofWholeSeconds: 31,
    late: undefined,
  })
})

test('without a primary a log has nothing to compare with, and each request says so', async () => {
  await using file = await fileOf(log(10))
  await using candidate = await shop(/never/)
  const seen = await replayed(file.path, { candidate: candidate.url })
  expect(fates(seen)).toEqual({ 'not played: no whole answer was recorded': 10 })
  expect(candidate.requests()).toBe(0)
})

test('ended in the middle, it judges what was played', async () => {
  await using file = await fileOf(log(500))
  const stop = new AbortController()
  let asked = 0
  await using primary = await httpServer((_request, response) => {
    if (++asked === 50) stop.abort()
    response.end('ok')
  })
  await using candidate = await httpServer((_request, response) => response.end('ok'))
  const seen = await replayed(file.path, { primary: primary.url, candidate: candidate.url, signal: stop.signal })
  expect(seen.replay?.interrupted).toBe(true)
  expect(seen.pairs).toBeGreaterThanOrEqual(50)
  expect(seen.pairs).toBeLessThan(100)
  expect(candidate.requests()).toBe(seen.pairs)
  expect(fates(seen)['compared equal']).toBe(seen.pairs)
})

test('a primary that fails is no answer of the candidate', async () => {
  await using file = await fileOf(log(5))
  await using primary = await httpServer((request) => request.socket.destroy())
  await using candidate = await shop(/never/)
  const seen = await replayed(file.path, { primary: primary.url, candidate: candidate.url })
  expect(fates(seen)).toEqual({ 'dropped: primary failed': 5 })
})
