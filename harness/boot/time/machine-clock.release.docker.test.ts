import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixtureImage } from '../../substrate/fixture-image.ts'
import type { RunScope } from '../../substrate/index.ts'
import { openRun } from '../../substrate/index.ts'
import type { Clocked, DatedResult } from './clocked.ts'
import { machineClock } from './machine-clock.ts'

let run: RunScope
let clocked: Clocked & AsyncDisposable
beforeAll(async () => {
  run = await openRun()
  const spec = {
    image: await fixtureImage('dated-jobs'),
    user: 'nobody',
    env: { PORT: '8080' },
    files: { '/seatrial/files/say': { content: '#!/bin/sh\necho "$PORT as $(id -un)"\n', mode: 0o755 } },
  }
  clocked = await machineClock(spec, { run, signal: new AbortController().signal, progress: () => {} })
}, 600_000)
afterAll(async () => {
  await clocked[Symbol.asyncDispose]()
  await run[Symbol.asyncDispose]()
})

const leapDay = Date.parse('2024-02-29T12:00:00Z') / 1_000
const timeout = 300_000

async function ran(line: string, more: object = {}): Promise<DatedResult> {
  return clocked.run(['sh', '-c', line], { at: leapDay, zone: 'UTC', limitMs: 10_000, ...more })
}

test.each([
  ['1971-03-01T00:00:01Z', 'UTC', 0],
  ['2000-02-29T12:00:00Z', 'Europe/Berlin', 3_600],
  ['2200-03-01T00:00:01Z', 'Australia/Lord_Howe', 39_600],
])('in %s a static program has the date, and it goes on', { timeout }, async (date, zone, offset) => {
  const at = Date.parse(date) / 1_000
  const { stdout, lastedMs, evidence } = await ran('busybox date +%s; sleep 1; date +%s', { at, zone })
  const [first = 0, second = 0] = stdout.trim().split('\n').map(Number)
  expect(first - at).toSatisfy((late: number) => late >= 0 && late < clocked.slackSeconds)
  expect(second).toBeGreaterThan(first)
  expect(lastedMs).toBeGreaterThanOrEqual(1_000)
  expect(evidence).toMatchObject({ offset, untouched: [] })
  expect(evidence.ended).toBeGreaterThanOrEqual(evidence.began + 1)
})

test('it has its user, its environment and its files, and its end is told', { timeout }, async () => {
  const { end, exitCode, stdout, stderr } = await ran('/seatrial/files/say; echo wrong >&2; exit 3')
  expect({ end, exitCode, stdout, stderr }).toEqual({
    end: 'exit',
    exitCode: 3,
    stdout: '8080 as nobody\n',
    stderr: 'wrong\n',
  })
})

test(
  'what hangs is ended at its time, and what stays once it is ready, with all that they started',
  {
    timeout,
  },
  async () => {
    expect(await ran('setsid sleep 1001 & sleep 1002', { limitMs: 1_000 })).toMatchObject({ end: 'hung' })
    const service = await ran('touch /tmp/ready; sleep 1003', { ready: 'test -e /tmp/ready' })
    expect(service).toMatchObject({ end: 'ready' })
    const { stdout } = await ran('cat /proc/[0-9]*/cmdline | tr "\\0" " "')
    expect(stdout).not.toMatch(/sleep 100[123]/)
  },
)

test('a program that is absent is told, and one that is static is none that it cannot reach', { timeout }, async () => {
  expect(await clocked.unreachable(['busybox', 'date'])).toEqual([])
  await expect(clocked.unreachable(['renew'])).rejects.toMatchObject({
    because: 'prerequisite',
    message: expect.stringContaining('no program renew'),
  })
})
