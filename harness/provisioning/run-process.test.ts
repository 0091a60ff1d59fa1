import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { waitFor } from '../kernel/index.ts'
import { runProcess } from './run-process.ts'

const options = {
  cwd: tmpdir(),
  env: { PATH: process.env['PATH'] ?? '', ONLY: 'this' },
  timeoutMs: 10_000,
  signal: new AbortController().signal,
}
const sh = (script: string): [string, ...string[]] => ['sh', '-c', script]

/** Whether a process is there still, told by its id. */
async function isGone(pid: string): Promise<true> {
  return waitFor(
    `process ${pid} gone`,
    () => {
      try {
        process.kill(Number(pid), 0)
        return { seen: 'it is there' }
      } catch {
        return { done: true as const }
      }
    },
    { deadlineMs: 5_000 },
  )
}

test('the exit code and both streams are told, and the environment is what was given', async () => {
  const ran = await runProcess(sh('echo "$ONLY-$HOME"; echo no >&2; exit 3'), options)
  expect(ran).toEqual({ end: { kind: 'exit', code: 3 }, stdout: 'this-\n', stderr: 'no\n' })
})

test('a process that a signal ends has the exit code that a shell would tell', async () => {
  expect((await runProcess(sh('kill -TERM $$'), options)).end).toEqual({ kind: 'exit', code: 143 })
})

test('what is still running at its time limit is ended, with all that it started', async () => {
  const { end, stdout } = await runProcess(sh('sleep 60 & echo $!; trap "" TERM; wait'), { ...options, timeoutMs: 300 })
  expect(end).toEqual({ kind: 'hung', afterMs: 300 })
  expect(await isGone(stdout.trim())).toBe(true)
})

test('what a process leaves in the background ends with it, and is not waited for', async () => {
  const { end, stdout } = await runProcess(sh('sleep 60 & echo $!'), options)
  expect(end).toEqual({ kind: 'exit', code: 0 })
  expect(await isGone(stdout.trim())).toBe(true)
})

test('a program that is not there is told as absent, not as a failure of the job', async () => {
  expect((await runProcess(['no-such-program'], options)).end).toMatchObject({ kind: 'absent' })
})

test('a run that is ended from outside ends the process', async () => {
  const stop = new AbortController()
  const running = runProcess(sh('sleep 60'), { ...options, signal: stop.signal })
  stop.abort(new Error('enough'))
  await expect(running).rejects.toThrow('enough')
})

test('of a talkative process the end is kept', async () => {
  const { stdout } = await runProcess(['node', '-e', 'console.log("x".repeat(1e6) + "last")'], options)
  expect(stdout).toMatch(/^x+last\n$/)
  expect(stdout.length).toBe(64 * 1024)
})
