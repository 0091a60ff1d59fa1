import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixtureImage } from '../../substrate/fixture-image.ts'
import type { RunScope } from '../../substrate/index.ts'
import { openRun } from '../../substrate/index.ts'
import type { Clocked, DatedResult } from './clocked.ts'
import { containerClock } from './container-clock.ts'

let run: RunScope
let clocked: Clocked & AsyncDisposable
beforeAll(async () => {
  run = await openRun()
  const image = await fixtureImage('dated-jobs')
  clocked = await containerClock({ image }, { run, signal: new AbortController().signal, progress: () => {} })
})
afterAll(async () => {
  await clocked[Symbol.asyncDispose]()
  await run[Symbol.asyncDispose]()
})

const leapDay = Date.parse('2024-02-29T12:00:00Z') / 1_000

async function ran(line: string, more: object = {}): Promise<DatedResult> {
  return clocked.run(['sh', '-c', line], { at: leapDay, zone: 'UTC', limitMs: 10_000, ...more })
}

test.each(['2000-02-29T12:00:00Z', '2100-03-01T00:00:01Z'])(
  'in %s the clock goes on over all processes of a command, and waits last as long as they say',
  async (date) => {
    const at = Date.parse(date) / 1_000
    const python = 'import time, threading; time.sleep(0.4); threading.Event().wait(0.4); print(int(time.time()))'
    const line = `date +%s; sleep 0.4; timeout 5 python3 -c '${python}'; timeout 0.3 sleep 5; echo $?`
    const { stdout, lastedMs, evidence } = await ran(line, { at })
    const [first = 0, second = 0, timedOut] = stdout.trim().split('\n').map(Number)
    expect([first - at, timedOut]).toEqual([expect.toSatisfy((late: number) => late >= 0 && late < 20), 124])
    expect(second - first).toBeGreaterThanOrEqual(1)
    expect(lastedMs).toBeGreaterThanOrEqual(1_500)
    expect(evidence).toMatchObject({ began: expect.any(Number), offset: 0, untouched: [] })
    expect(evidence.ended - evidence.began).toBeGreaterThanOrEqual(1)
  },
)

test('the end of what floods is kept, and the flood ends at its time', async () => {
  const { end, stdout, stderr } = await ran('yes standard & yes error >&2', { limitMs: 1_000 })
  expect(end).toBe('hung')
  expect(stdout.length).toBeLessThanOrEqual(16_384)
  expect([stdout.slice(-9), stderr.slice(-6)].map((text) => text.trim())).toEqual(['standard', 'error'])
})

test('what a command leaves running ends with it', async () => {
  const { end, exitCode } = await ran('setsid sleep 1000 >/dev/null 2>&1 & exit 7')
  expect({ end, exitCode }).toEqual({ end: 'exit', exitCode: 7 })
  const { stdout } = await ran('cat /proc/[0-9]*/cmdline | tr "\\0" " "')
  expect(stdout).not.toContain('sleep 1000')
})

test('a program without its environment reads the real date, and is named', async () => {
  const { evidence } = await ran('env -i /bin/sleep 0.5')
  expect(evidence.untouched).toEqual([expect.stringMatching(/\/sleep$/)])
})

test('what stays is ready when its ready command says so, and has failed when it ends before', async () => {
  // A file of its own for each: what one try left behind would make the next one ready before it began.
  const ready = (name: string, more: object = {}): object => ({ ready: `test -e /tmp/${name}`, ...more })
  const rises = 'sleep 0.3; touch /tmp/rises; sleep 1000'
  expect(await ran(rises, ready('rises'))).toMatchObject({ end: 'ready' })
  expect(await ran('exit 4', ready('ends'))).toMatchObject({ end: 'exit', exitCode: 4 })
  expect(await ran('sleep 1000', ready('waits', { limitMs: 1_000 }))).toMatchObject({ end: 'hung' })
})
