import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { waitFor } from '../kernel/index.ts'
import type { GroupOptions, ProcessGroup } from './process-group.ts'
import { startGroup } from './process-group.ts'
import { runMarker } from './run-labels.ts'

const options: GroupOptions = { cwd: tmpdir(), env: { PATH: process.env['PATH'] ?? '' }, timeoutMs: 10_000 }
const sh = (script: string, more: Partial<GroupOptions> = {}): ProcessGroup =>
  startGroup(['sh', '-c', script], { ...options, ...more })

/** Waits until a process is there no more; one that nobody has read the end of counts as gone. */
async function isGone(pid: string): Promise<true> {
  return waitFor(
    `process ${pid} to be gone`,
    () => {
      const stat = /\) (\w)/.exec(statOf(pid))?.[1]
      return stat === undefined || stat === 'Z' ? { done: true as const } : { seen: `it is there: ${stat}` }
    },
    { deadlineMs: 5_000 },
  )
}

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return ''
  }
}

/** A shell that hears no polite word, and one more in the background, whose id it prints. */
const stubborn = 'trap "" TERM INT; sleep 60 & echo $!; sleep 60'

test('a program that ends tells its exit code or the signal that ended it, and one that is not there says so', async () => {
  expect(await sh('exit 3').ended).toEqual({ kind: 'exit', code: 3, by: null })
  expect(await sh('kill -TERM $$').ended).toEqual({ kind: 'exit', code: null, by: 'SIGTERM' })
  expect(await startGroup(['no-such-program'], options).ended).toMatchObject({ kind: 'absent' })
})

test('what a program leaves in the background ends with it and keeps nobody waiting', async () => {
  const group = sh('sleep 60 & echo $!')
  const left = await text(group.stdout)
  expect(await group.ended).toMatchObject({ kind: 'exit', code: 0 })
  expect(await isGone(left.trim())).toBe(true)
})

test('at its time limit the whole group ends, however stubborn', async () => {
  const group = sh(stubborn, { timeoutMs: 300 })
  const left = await text(group.stdout)
  expect(await group.ended).toEqual({ kind: 'hung', afterMs: 300 })
  expect(await isGone(left.trim())).toBe(true)
})

test('an abort ends the whole group at once, and one that came before it is no exception', async () => {
  const stop = new AbortController()
  const group = sh(stubborn, { signal: stop.signal })
  const began = performance.now()
  group.stdout.once('data', () => stop.abort())
  const left = await text(group.stdout)
  expect(await group.ended).toEqual({ kind: 'exit', code: null, by: 'SIGKILL' })
  expect(await isGone(left.trim())).toBe(true)
  expect(await sh('sleep 60', { signal: stop.signal }).ended).toMatchObject({ by: 'SIGKILL' })
  expect(performance.now() - began).toBeLessThan(5_000)
})

test('a group carries the marker of the run that is open, so that the reaper finds it', async () => {
  const before = process.env[runMarker]
  process.env[runMarker] = 'group-test'
  try {
    expect(await text(sh(`echo $${runMarker}`).stdout)).toBe('group-test\n')
  } finally {
    if (before === undefined) delete process.env[runMarker]
    else process.env[runMarker] = before
  }
})

test('a process that exits takes its groups with it', async () => {
  const module = fileURLToPath(new URL('./process-group.ts', import.meta.url))
  const program = `const { startGroup } = await import(${JSON.stringify(module)})
    const group = startGroup(['sh', '-c', 'sleep 60 & echo $!; sleep 60'], { cwd: '/', env: process.env, timeoutMs: 60000 })
    group.stdout.once('data', (left) => process.stdout.write(left, () => process.exit(0)))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  expect(await isGone((await text(child.stdout)).trim())).toBe(true)
})
