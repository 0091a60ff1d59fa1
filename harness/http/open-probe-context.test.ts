import { expect, test } from 'vitest'
import { startOrigin } from '../../fixtures/servers/origin.ts'
import { rawServer, requestHead, saying, sayingInTurn } from '../../fixtures/servers/raw.ts'
import { probe, rfc, rule, SeatrialError } from '../kernel/index.ts'
import { createClient } from '../wire/index.ts'
import { openProbeContext } from './open-probe-context.ts'
import type { OpenedProbeContext } from './open-probe-context.ts'
import type { ProbeContext } from './probe-context.ts'
import { activeProbes, runProbe, runProbes } from './probes.ts'

const told = rule({
  id: 'http/test-told',
  level: 'info',
  reference: rfc(9110),
  says: (e: { what: string }) => e.what,
  wants: 'A test.',
  remedy: 'Nothing to mend.',
})

/** A probe that tells what it gathered. */
const asking = (gather: (context: ProbeContext) => Promise<string>) =>
  probe({
    id: 'http/test',
    rules: [told],
    gather,
    *run(what: string) {
      yield told.at('what', { what })
    },
    examples: [],
  })

async function withOrigin<T>(work: (context: OpenedProbeContext) => Promise<T>, requestBudget = 10): Promise<T> {
  await using origin = await startOrigin()
  await using client = createClient()
  await using context = await openProbeContext({ url: origin.url, client, seed: 1, requestBudget })
  return await work(context)
}

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi'

test('the page is asked once before any probe, by a plain GET that accepts no coding', async () => {
  await using server = await rawServer(saying(ok))
  await using client = createClient()
  await using context = await openProbeContext({ url: server.url, client, seed: 1 })
  expect(context.requests).toBe(1)
  expect(context.base.response.status).toBe(200)
  expect(server.heard).toMatch(/^GET \/ HTTP\/1\.1\r\n/)
  expect(server.heard).not.toMatch(/accept-encoding/i)
})

test('a page that does not answer cannot be opened, and the error says what to do', async () => {
  await using server = await rawServer((socket) => void socket.destroy())
  await using client = createClient()
  await expect(openProbeContext({ url: server.url, client, seed: 1 })).rejects.toMatchObject({
    code: 'SEATRIAL_NO_ANSWER',
    because: 'prerequisite',
    mend: expect.stringContaining('log'),
  })
})

test('a question that is not answered in time leaves its probe unsettled: timeout', async () => {
  await using server = await rawServer(async (socket) => {
    const head = await requestHead(socket)
    if (head?.startsWith('GET') === true) socket.end(ok)
  })
  await using client = createClient()
  await using context = await openProbeContext({ url: server.url, client, seed: 1 })
  const patient = asking(async ({ ask }) => String((await ask({ method: 'HEAD', deadlineMs: 50 })).response.status))
  const report = await runProbe(patient, context)
  expect(report).toMatchObject({ looked: [], findings: [], unsettled: { because: 'timeout' } })
})

test('an answer that breaks off in the middle is no answer', async () => {
  const short = 'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nonly this'
  await using server = await rawServer(async (socket) => {
    const head = await requestHead(socket)
    socket.end(head?.includes('second') === true ? short : ok)
  })
  await using client = createClient()
  await using context = await openProbeContext({ url: server.url, client, seed: 1 })
  const report = await runProbe(
    asking(async ({ ask }) => (await ask({ target: '/second' })).response.reason),
    context,
  )
  expect(report.unsettled).toMatchObject({ because: 'prerequisite', why: expect.stringContaining('closed-early') })
})

test('a server that limits requests leaves a probe unsettled instead of passed', async () => {
  const limited = 'HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'
  await using server = await rawServer(async (socket) => {
    socket.end((await requestHead(socket))?.includes('second') === true ? limited : ok)
  })
  await using client = createClient()
  await using context = await openProbeContext({ url: server.url, client, seed: 1 })
  const report = await runProbe(
    asking(async ({ ask }) => (await ask({ target: '/second' })).response.reason),
    context,
  )
  expect(report.unsettled).toMatchObject({ because: 'prerequisite', why: expect.stringContaining('429') })
})

test('a server that stops answering is not waited for by every probe in turn', async () => {
  const server = await rawServer(async (socket) => {
    await requestHead(socket)
    if (server.accepted === 1) socket.end(ok)
  })
  await using _ = server
  await using client = createClient({ deadlineMs: 100 })
  await using context = await openProbeContext({ url: server.url, client, seed: 1 })
  const reports = await runProbes(await activeProbes(), context, { intrusive: true })
  const looked = reports.filter(({ unsettled, skipped }) => unsettled === undefined && skipped === undefined)
  expect(looked).toEqual([])
  expect(server.accepted).toBeLessThan(12)
})

test('requests on a kept connection count, and past the budget nothing is sent', async () => {
  const greedy = asking(async ({ url, connect, ask }) => {
    await using connection = await connect()
    await connection.send({ url: url.href })
    await ask()
    return 'got all'
  })
  const report = await withOrigin(async (context) => {
    const seen = await runProbe(greedy, context)
    expect(context.requests).toBe(2)
    return seen
  }, 2)
  expect(report.unsettled).toMatchObject({ because: 'prerequisite', why: expect.stringContaining('2 requests') })
})

test('a probe that throws while asking is unsettled: harness, and an error of ours keeps its own word', async () => {
  const [broken, ours] = await withOrigin(async (context) => [
    await runProbe(
      asking(() => Promise.reject(new TypeError('no such thing'))),
      context,
    ),
    await runProbe(
      asking(() => {
        throw new SeatrialError('SEATRIAL_TEST', 'no engine', { mend: 'Start it.', because: 'unsupported' })
      }),
      context,
    ),
  ])
  expect(broken?.unsettled).toMatchObject({ because: 'harness', why: expect.stringContaining('no such thing') })
  expect(ours?.unsettled).toEqual({ because: 'unsupported', why: 'http/test: no engine', mend: 'Start it.' })
})

test('a finding tells where it was made and the command that makes it again', async () => {
  const { report, url } = await withOrigin(async (context) => ({
    report: await runProbe(
      asking(async () => 'seen'),
      context,
      { subject: 'web /' },
    ),
    url: context.url.href,
  }))
  expect(report.looked).toEqual(['http/test'])
  expect(report.findings[0]).toMatchObject({ subject: 'web /', replay: `seatrial http ${url} --only http/test` })
})

test('random numbers are the same for a probe whatever runs beside it, and others for another probe', async () => {
  const drawn = (name: string, also: readonly string[] = []) =>
    withOrigin(async (context) => {
      for (const other of also) context.for(other).random()
      const { random } = context.for(name)
      return [random(), random(), random()]
    })
  expect(await drawn('http/one')).toEqual(await drawn('http/one', ['http/two']))
  expect(await drawn('http/one')).not.toEqual(await drawn('http/two'))
})

test('reports come in the order of the probes, although they run side by side', async () => {
  const probes = await activeProbes()
  const reports = await withOrigin((context) => runProbes(probes, context, { intrusive: true }), 100)
  expect(reports.map(({ id }) => id)).toEqual(probes.map(({ id }) => id))
  expect(probes.map(({ id }) => id)).toEqual(probes.map(({ id }) => id).toSorted())
})

test('disposing closes connections that a probe kept open', async () => {
  await using server = await rawServer(sayingInTurn([ok.replace('Connection: close\r\n', '')]))
  await using client = createClient()
  {
    await using context = await openProbeContext({ url: server.url, client, seed: 1 })
    const connection = await context.connect()
    await connection.send({ url: server.url })
    expect(connection.open).toBe(true)
  }
  await expect.poll(() => server.open).toBe(0)
})

test('an intrusive probe is put only to a server that may be put to it, and is skipped visibly elsewhere', async () => {
  const probes = (await activeProbes()).filter(({ intrusive }) => intrusive)
  expect(probes.map(({ id }) => id)).toContain('http/framing-duplicate-content-length')
  const reports = await withOrigin((context) => runProbes(probes, context), 1)
  expect(reports.map(({ looked, skipped }) => ({ looked, skipped }))).toEqual(
    probes.map(() => ({ looked: [], skipped: expect.stringContaining('--intrusive') })),
  )
})
