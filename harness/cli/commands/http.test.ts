import { createServer } from 'node:net'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { scratchFolder, seatrial, slow } from '../../../fixtures/seatrial.ts'
import { listening } from '../../../fixtures/servers/listening.ts'
import type { OriginFault } from '../../../fixtures/servers/origin.ts'
import { startOrigin } from '../../../fixtures/servers/origin.ts'
import type { RawHandler } from '../../../fixtures/servers/raw.ts'
import { flooding, rawServer, saying } from '../../../fixtures/servers/raw.ts'
import { waitFor } from '../../kernel/index.ts'
import type { RunRecord } from '../../record/index.ts'
import { runRecord } from '../../record/index.ts'
import { answered } from '../heard.ts'

const MiB = 1024 * 1024

/** A process of its own, whose memory is its own. */
const ofItsOwn = (args: readonly string[]) => seatrial(['http', ...args], { timeout: 30_000 })
const http = (args: readonly string[]) => answered(['http', ...args])

/** What was judged, and what it cost; the words on standard error are no record. */
async function judged(
  args: readonly string[],
  answer: typeof http | typeof ofItsOwn = http,
): Promise<{ exitCode: number | undefined; record: RunRecord }> {
  const { exitCode, stdout, stderr } = await answer([...args, '--format', 'json'])
  expect(stderr).toBe('')
  return { exitCode, record: runRecord.parse(JSON.parse(stdout)) }
}

const blocking = (record: RunRecord): string[] =>
  record.steps.flatMap((step) => step.findings.filter((one) => one.blocks).map((one) => one.rule))

async function refusedPort(): Promise<number> {
  await using gone = await listening(createServer())
  return gone.port
}

describe('the exit code', slow, () => {
  test('is 0 for a healthy page, and the verdict stands last', async () => {
    await using origin = await startOrigin()
    const { exitCode, stdout, stderr } = await http([origin.url])
    expect(exitCode).toBe(0)
    expect(stdout.split('\n').at(-1)).toMatch(/^Passed: \d+ checks looked at 1 subject/)
    expect(stdout + stderr).not.toContain('\u001B')
  })

  test.each<[OriginFault, string]>([
    ['wrong-range-bytes', 'http/range-satisfiable-bytes-wrong'],
    ['head-with-body', 'http/head-equals-get-body-sent'],
  ])('is 1 for a page with the fault %s, which is taught', async (fault, rule) => {
    await using origin = await startOrigin({ faults: [fault] })
    const { exitCode, stdout } = await http([origin.url])
    expect(exitCode).toBe(1)
    expect(stdout).toContain(`ERROR ${rule} at `)
    for (const label of ['saw:', 'wanted:', 'mend:', 'source:', 'replay:']) expect(stdout).toContain(`  ${label}`)
  })

  test('is 2 where nobody listens, with what to do', async () => {
    const { exitCode, stdout } = await http([`http://127.0.0.1:${await refusedPort()}/`])
    expect(exitCode).toBe(2)
    expect(stdout).toContain('no answer (refused, connect, after')
    expect(stdout).toContain('Start the server, or mend the address; then run again.')
  })

  test('is 2 where nobody answers, after the deadline and not much later', async () => {
    await using server = await rawServer(() => {})
    const start = performance.now()
    const { exitCode, record } = await judged([server.url, '--deadline', '1'])
    expect(exitCode).toBe(2)
    expect(record.steps).toMatchObject([{ outcome: { kind: 'unsettled', because: 'timeout' } }])
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  test('is the worst of several pages, and one that could not be asked costs the others nothing', async () => {
    await using origin = await startOrigin()
    const { exitCode, record } = await judged([origin.url, `http://127.0.0.1:${await refusedPort()}/`, '--no-probes'])
    expect(exitCode).toBe(2)
    expect(record.steps.map(({ outcome }) => outcome.kind)).toEqual(['passed', 'unsettled'])
  })

  test('is 2 when the run is ended from outside, at once, and what was seen is told', async () => {
    await using server = await rawServer(() => {})
    const running = seatrial(['http', server.url, '--deadline', '60', '--format', 'json'])
    await waitFor('the request', () => (server.heard === '' ? { seen: 'nothing' } : { done: true }), {
      deadlineMs: 20_000,
    })
    running.kill('SIGTERM')
    const { exitCode, stdout } = await running
    expect(exitCode).toBe(2)
    expect(runRecord.parse(JSON.parse(stdout))).toMatchObject({ state: 'interrupted', verdict: 'unsettled' })
  })
})

describe('a hostile server costs little and ends in a finding', slow, () => {
  const bomb = gzipSync(Buffer.alloc(256 * MiB))
  const bombHead = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`
  const hostile: readonly [title: string, handler: RawHandler, rule: string][] = [
    ['sends garbage', saying('\u0000\u00FF lorem ipsum'), 'http/answer-garbled'],
    [
      'sends a head of 100 MiB',
      flooding('HTTP/1.1 200 OK\r\n', `X: ${'a'.repeat(997)}\r\n`),
      'http/answer-head-too-large',
    ],
    ['closes at once', (socket) => void socket.end(), 'http/answer-cut-short'],
    ['sends a gzip bomb', saying(Buffer.concat([Buffer.from(bombHead), bomb])), 'http/content-decoding-too-large'],
    [
      'sends content without end',
      flooding('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n', 'abc'),
      'http/head-equals-get-body-sent',
    ],
  ]
  test.each(hostile)('one that %s', async (_title, handler, rule) => {
    await using server = await rawServer(handler)
    const { exitCode, record } = await judged([server.url, '--deadline', '5', '--intrusive'], ofItsOwn)
    expect(exitCode).toBe(1)
    expect(blocking(record)).toContain(rule)
    expect(record.steps.flatMap((step) => step.unsettled ?? [])).toEqual([])
    expect(record.cost.peakMemoryBytes).toBeLessThan(512 * MiB)
  })

  test('whatever it sends, people read no stack trace', async () => {
    await using server = await rawServer(saying('HTTP/1.1 200 OK\r\nSet-Cookie: \u001B[31m=1\r\n\r\n\u001B[2J'))
    const { stdout, stderr } = await http([server.url])
    expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
    expect(stdout).not.toContain('\u001B')
  })
})

describe('the format', slow, () => {
  test('json is the run record, and it alone is on standard output', async () => {
    await using origin = await startOrigin()
    const { exitCode, record } = await judged([origin.url, '--no-probes'])
    expect(record.exitCode).toBe(exitCode)
    expect(record.command).toBe(`seatrial http ${origin.url}`)
  })

  test('sarif is SARIF 2.1.0, with the finding under its rule', async () => {
    await using origin = await startOrigin({ faults: ['head-with-body'] })
    const { exitCode, stdout } = await http([origin.url, '--format', 'sarif'])
    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      version: '2.1.0',
      runs: [
        { results: expect.arrayContaining([expect.objectContaining({ ruleId: 'http/head-equals-get-body-sent' })]) },
      ],
    })
  })

  test('junit is well-formed XML with a failure', async () => {
    await using origin = await startOrigin({ faults: ['head-with-body'] })
    const { stdout } = await http([origin.url, '-f', 'junit'])
    const names: string[] = []
    const parser = new SaxesParser()
    parser.on('opentag', ({ name }) => names.push(name))
    parser.write(stdout).close()
    expect(names).toEqual(expect.arrayContaining(['testsuites', 'testsuite', 'testcase', 'failure']))
  })
})

describe('--only', slow, () => {
  test('looks at one rule alone', async () => {
    await using origin = await startOrigin({ faults: ['head-with-body'] })
    const { exitCode, record } = await judged([origin.url, '--only', 'http/age, http/head-equals-get-body-sent'])
    expect(exitCode).toBe(1)
    expect(record.steps.flatMap((step) => step.looked)).toEqual(['http/age', 'http/head-equals-get'])
    expect(blocking(record)).toEqual(['http/head-equals-get-body-sent'])
  })
})

test('a wrong command line is told before anything is asked: what was given, wanted, and the mend', slow, async () => {
  await using scratch = await scratchFolder()
  await using server = await rawServer(() => {})
  const accept = join(scratch.path, 'accept.yaml')
  await writeFile(accept, 'entries:\n  - rule: http/age\n')
  const lines: readonly (readonly [args: readonly string[], told: string])[] = [
    [[], 'error: seatrial http\n  given:  nothing\n'],
    [['127.0.0.1:8080/page'], 'mend:   Did you mean http://127.0.0.1:8080/page ?'],
    [['http://'], 'given:  "http://"\n  wanted: an http:// or https:// address'],
    [['ftp://127.0.0.1/'], 'given:  "ftp://127.0.0.1/"'],
    [['file:///etc/passwd'], 'wanted: an http:// or https:// address'],
    [[server.url, '--format', 'sarfi'], 'mend:   Did you mean sarif?'],
    [[server.url, '--fromat', 'json'], "wanted: unknown option '--fromat'"],
    [[server.url, '--only', 'http/agee'], 'mend:   Did you mean http/age?'],
    [[server.url, '--only', 'nonsense-of-all-kinds'], 'mend:   Run `seatrial explain` for a list.'],
    [[server.url, '--only', ''], 'given:  ""'],
    [[server.url, '--deadline', 'soon'], 'error: seatrial http --deadline\n  given:  "soon"\n  wanted: seconds'],
    [[server.url, '--deadline', '0'], 'error: seatrial http --deadline'],
    [[server.url, '--block', 'everything'], 'error: seatrial http --block'],
    [[server.url, '--seed', 'x'], 'error: seatrial http --seed'],
    [[server.url, '--accept', join(scratch.path, 'no-such.yaml')], 'no-such.yaml'],
    [[server.url, '--accept', accept], 'reason'],
    [[server.url, '--baseline', join(scratch.path, 'no-such.json')], 'no-such.json'],
  ]
  const answers = await Promise.all(lines.map(([args]) => http(args)))
  for (const [index, [args, told]] of lines.entries()) {
    const { exitCode, stdout, stderr } = answers[index] ?? {}
    expect({ args, exitCode, stdout }).toEqual({ args, exitCode: 3, stdout: '' })
    expect(stderr).toContain(told)
    expect(stderr).toMatch(/^ {2}mend: {3}\S/m)
  }
  expect(server.accepted).toBe(0)
})
