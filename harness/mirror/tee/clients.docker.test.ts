import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { selfSigned } from '../../../fixtures/servers/certificate.ts'
import { fixtureImage } from '../../substrate/fixture-image.ts'
import type { RunScope, StartedContainer } from '../../substrate/index.ts'
import { openRun, startContainer } from '../../substrate/index.ts'
import type { Counts } from '../copies/ledger.ts'
import type { Mirror, MirrorOptions } from '../open-mirror.ts'
import { sumOf } from '../testing/content.ts'
import { mirrored } from '../testing/mirrored.ts'
import type { TestServer } from '../testing/servers.ts'
import { httpServer } from '../testing/servers.ts'

let run: RunScope
let clients: StartedContainer
/** This machine, as the container sees it. */
let host: string

beforeAll(async () => {
  run = await openRun()
  clients = await startContainer({ name: 'clients', image: await fixtureImage('http-clients') }, run)
  const { stdout } = await clients.exec(['ip', '-4', 'route', 'show', 'default'])
  host = /via (\S+)/.exec(stdout)?.[1] ?? ''
})

afterAll(() => run[Symbol.asyncDispose]())

const serve = (): Promise<TestServer> =>
  httpServer(({ url }, response, body) => {
    response.setHeader('x-sum', sumOf(body))
    response.end(`${url} `.repeat(100))
  })

const before = (primary: TestServer, candidate: TestServer, more: Partial<MirrorOptions> = {}): Promise<Mirror> =>
  mirrored({
    primary: primary.url,
    candidate: candidate.url,
    listen: { host, port: 0 },
    limits: { inFlight: 64, deadlineMs: 5_000, maxBody: 2 ** 21, maxHeld: 2 ** 26 },
    ...more,
  })

const sum = ({ fates }: Counts): number => Object.values(fates).reduce((all, count) => all + count, 0)

describe('clients that ask as much as they can are unharmed, and each request has a fate:', () => {
  test('wrk', async () => {
    await using primary = await serve()
    await using candidate = await serve()
    const mirror = await before(primary, candidate)
    const { stdout } = await clients.exec(['wrk', '-t2', '-c32', '-d2s', '--timeout', '10s', mirror.url.href])
    expect(stdout).not.toMatch(/Non-2xx|Socket errors/)
    const answered = Number(/(\d+) requests in/.exec(stdout)?.[1])
    const { counts } = await mirror.close()
    // At its end it leaves those alone that are under way, one a connection at most.
    expect(answered).toBeGreaterThan(100)
    expect(counts.requests - answered).toBeLessThanOrEqual(32)
    expect([primary.requests(), sum(counts), counts.open]).toEqual([counts.requests, counts.requests, 0])
    expect(counts.fates['compared different']).toBeUndefined()
  })

  test.for([
    ['HTTP/2', []],
    ['HTTP/1.1', ['--h1']],
  ] as const)('h2load in %s', async ([, options]) => {
    await using primary = await serve()
    await using candidate = await serve()
    const mirror = await before(primary, candidate)
    const { stdout } = await clients.exec(['h2load', ...options, '-n', '3000', '-c', '8', '-m', '16', mirror.url.href])
    expect(stdout).toMatch(/3000 total, 3000 started, 3000 done, 3000 succeeded, 0 failed, 0 errored, 0 timeout/)
    const { counts } = await mirror.close()
    expect([counts.requests, primary.requests(), sum(counts), counts.open]).toEqual([3_000, 3_000, 3_000, 0])
    expect(counts.fates['compared different']).toBeUndefined()
  })
})

describe('curl is answered', () => {
  test.for([
    ['in HTTP/1.1', ['--http1.1'], false, '1.1'],
    ['in HTTP/2 without asking before', ['--http2-prior-knowledge'], false, '2'],
    ['in HTTP/1.1 where it asks for an upgrade to HTTP/2', ['--http2'], false, '1.1'],
    ['in HTTP/2 by ALPN', ['--http2', '--insecure'], true, '2'],
    ['in HTTP/1.1 by ALPN', ['--http1.1', '--insecure'], true, '1.1'],
  ] as const)('%s', async ([, options, isTls, version]) => {
    await using primary = await serve()
    await using candidate = await serve()
    const certificate = isTls ? { certificate: await selfSigned() } : {}
    const cohort = { share: 1, by: { kind: 'address' }, allow: ['POST /*'] } as const
    const mirror = await before(primary, candidate, { ...certificate, cohort })
    const curl = (...words: readonly string[]) => clients.exec(['curl', '-sS', ...options, ...words, mirror.url.href])
    const told = await curl('-w', '\\n%{http_version} %{http_code}')
    expect(told.stdout).toBe(`${'/ '.repeat(100)}\n${version} 200`)
    await clients.exec(['sh', '-c', 'head -c 1048576 /dev/zero >/tmp/content'])
    const { stdout } = await curl('-D-', '-o', '/dev/null', '--data-binary', '@/tmp/content')
    expect(stdout).toMatch(new RegExp(`^x-sum: ${sumOf(new Uint8Array(2 ** 20))}\\r?$`, 'im'))
    expect((await mirror.close()).counts.fates).toEqual({ 'compared equal': 2 })
  })
})
