import { basename, join } from 'node:path'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { describe, expect, onTestFinished, test } from 'vitest'
import deployment from '../../fixtures/dark-launch/seatrial.config.ts'
import type { StepReport } from '../kernel/index.ts'
import { systemClock } from '../kernel/index.ts'
import { changed } from '../stack/apply-mutant.ts'
import type { TrialContext } from '../slice.ts'
import type { MakeRequest } from './section.ts'
import { mirror } from './slice.ts'
import { httpServer } from './testing/servers.ts'

interface Tried {
  readonly baseFolder?: string
  readonly only?: readonly string[]
  readonly signal?: AbortSignal
  readonly allow?: (url: URL) => void
}

async function steps(
  section: object,
  { only = [], signal, allow = () => {}, baseFolder = '.' }: Tried = {},
): Promise<StepReport[]> {
  const context = {
    section,
    baseFolder,
    clock: systemClock,
    seed: 1,
    signal: signal ?? new AbortController().signal,
    allow,
    only,
    progress: () => {},
  }
  // Its servers run already, so that there is no deployment in the context.
  return Array.fromAsync(mirror.trial(context as unknown as TrialContext<unknown>))
}

const serving = (text: string) => httpServer(({ url }, response) => response.end(`${text} ${url}`))

test('traffic goes to the primary and a copy of it to the candidate, as often as was said', async () => {
  await using primary = await serving('a')
  await using candidate = await serving('a')
  const [step] = await steps({
    primary: { url: primary.url.href },
    candidate: { url: candidate.url.href },
    traffic: [{ path: '/1' }, { path: '/2' }, { path: '/3' }],
    requests: 100,
    slowest: 100,
  })
  expect(step).toMatchObject({ id: 'mirror/candidate', findings: [] })
  expect(step?.unsettled).toBeUndefined()
  expect(step?.looked).toEqual(expect.arrayContaining(['mirror/answered', 'mirror/answers', 'mirror/latency']))
  expect([primary.requests(), candidate.requests()]).toEqual([100, 100])
})

test('a candidate that answers something else is found, and a rule may be asked for alone', async () => {
  await using primary = await serving('a')
  await using candidate = await serving('b')
  const section = {
    primary: { url: primary.url.href },
    secondary: { url: primary.url.href },
    candidate: { url: candidate.url.href },
    traffic: [{ path: '/' }],
    requests: 100,
    slowest: 100,
  }
  const [all] = await steps(section)
  expect(all?.findings.map(({ rule, place }) => `${rule} ${place}`)).toEqual(['mirror/answers-beyond-noise bytes'])
  const [one] = await steps(section, { only: ['mirror/latency'] })
  expect(one).toMatchObject({ looked: ['mirror/latency'], findings: [] })
})

test('too few requests leave it unsettled', async () => {
  await using primary = await serving('a')
  const server = { url: primary.url.href }
  const [step] = await steps({
    primary: server,
    secondary: server,
    candidate: server,
    traffic: [{ path: '/' }],
    requests: 9,
  })
  expect(step?.unsettled).toMatchObject({ because: 'prerequisite', why: expect.stringContaining('9 of 9 requests') })
})

test('a function makes the traffic, and the same seed makes the same', async () => {
  const asked: string[][] = [[], []]
  for (const list of asked) {
    await using primary = await httpServer(({ method, url, headers }, response) => {
      list.push(`${method} ${url} ${String(headers['x-at'])}`)
      response.end()
    })
    await using candidate = await httpServer((_request, response) => response.end())
    const traffic: MakeRequest = (random, at) => ({
      path: `/${Math.floor(random() * 1e6)}`,
      fields: { 'X-At': `${at}` },
    })
    const servers = { primary: { url: primary.url.href }, candidate: { url: candidate.url.href } }
    await steps({ ...servers, traffic, requests: 70, connections: 1, slowest: 100 })
  }
  expect(asked[0]).toHaveLength(70)
  expect(new Set(asked[0]).size).toBe(70)
  expect(asked[1]).toEqual(asked[0])
})

test('a function that gives no request is told as that, with its place', async () => {
  await using primary = await serving('a')
  const server = { url: primary.url.href }
  const traffic = () => ({ path: 'page' })
  await expect(steps({ primary: server, candidate: server, traffic, requests: 5 })).rejects.toThrow(
    /darkLaunch\.traffic\(random, 0\).*path/s,
  )
})

test('recorded traffic is a file beside the configuration, and is played once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'traffic-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const line = (at: number): string =>
    `127.0.0.1 - - [22/Nov/2026:10:00:${String(at % 60).padStart(2, '0')} +0000] "GET /${at} HTTP/1.1" 200 5 "-" "customer"\n`
  await writeFile(join(folder, 'access.log'), Array.from({ length: 120 }, (_, at) => line(at)).join(''))
  await using primary = await serving('a')
  await using candidate = await serving('b')
  const [step] = await steps(
    {
      primary: { url: primary.url.href },
      candidate: { url: candidate.url.href },
      traffic: './access.log',
      slowest: 100,
    },
    { baseFolder: folder },
  )
  // What a log never holds is told too.
  expect(step?.findings.map(({ rule }) => rule)).toEqual(['mirror/answers-differ', 'mirror/replayed-lacks'])
  expect(JSON.parse(step?.attachments?.[0]?.content ?? '')).toMatchObject({
    counts: { requests: 120 },
    replay: { sent: 120 },
  })
})

test('a file of traffic that is not there is told with its name', async () => {
  const server = { url: 'http://127.0.0.1:1' }
  await expect(steps({ primary: server, candidate: server, traffic: './nowhere.har' })).rejects.toThrow('nowhere.har')
})

test('what writes is not sent to one server twice', async () => {
  await using primary = await serving('a')
  const [own, other] = [{ url: primary.url.href }, { url: 'http://127.0.0.1:1' }]
  const traffic = [{ method: 'POST', path: '/' }]
  for (const servers of [
    { primary: own, secondary: own, candidate: other },
    { primary: own, candidate: own },
  ]) {
    await expect(steps({ ...servers, traffic, allow: ['POST /*'] })).rejects.toThrow(/POST \/\*.*twice/)
  }
  expect(primary.requests()).toBe(0)
})

test('an address that the plan does not allow is not asked', async () => {
  await using primary = await serving('a')
  const server = { url: primary.url.href }
  const allow = () => {
    throw new Error('not there')
  }
  const trying = steps({ primary: server, candidate: server, traffic: [{ path: '/' }] }, { allow })
  await expect(trying).rejects.toThrow('not there')
  expect(primary.requests()).toBe(0)
})

test('a slow candidate is waited for: no copy is dropped', async () => {
  await using primary = await serving('a')
  await using candidate = await httpServer(({ url }, response) => void setTimeout(() => response.end(`a ${url}`), 30))
  const [step] = await steps({
    primary: { url: primary.url.href },
    candidate: { url: candidate.url.href },
    traffic: [{ path: '/' }],
    requests: 300,
  })
  expect(candidate.requests()).toBe(300)
  expect(step?.findings.map(({ rule }) => rule)).toEqual(['mirror/latency-slower'])
})

const mutants = await mirror.mutants()

describe.for(mutants.map(({ file, thing }) => ({ id: thing.id, file, mutant: thing })))(
  '$id',
  ({ id, file, mutant }) => {
    test('is named as its file, and is killed by a rule that is there', async () => {
      expect(id).toBe(`mirror/${basename(file).replace(/\.[jt]s$/, '')}`)
      const rules = (await mirror.checks()).flatMap(({ thing }) => thing.rules.map((rule) => rule.id))
      expect(rules).toContain(mutant.kills)
    })

    test('changes exactly one place of a file of the candidate', async () => {
      const parts: Readonly<Record<string, { readonly files: Readonly<Record<string, string>> }>> = deployment.stack
      const source = parts[mutant.part]?.files[mutant.file]
      const text = await readFile(
        new URL(String(source), new URL('../../fixtures/dark-launch/', import.meta.url)),
        'utf8',
      )
      expect(changed(mutant, text)).not.toBe(text)
      expect(mutant.part).toBe(deployment.darkLaunch.candidate.in)
    })
  },
)
