import { describe, expect, test } from 'vitest'
import type { ExecResult, Machine } from '../../substrate/index.ts'
import { waitForBoot } from './wait-for-boot.ts'

/** A machine that gives one answer after the other, and the last for ever; an error is thrown. */
function answering(...answers: readonly (string | Error)[]): Pick<Machine, 'exec' | 'name'> {
  let asked = 0
  return {
    name: 'host',
    async exec(): Promise<ExecResult> {
      const answer = answers[Math.min(asked++, answers.length - 1)] ?? ''
      if (answer instanceof Error) throw answer
      return { exitCode: 0, stdout: answer, stderr: '' }
    },
  }
}

const saying = (state: string, jobs = 0, shells = 0): string => `state ${state}\njobs ${jobs}\nshells ${shells}\n`
const soon = { deadlineMs: 5_000, everyMs: 1 }

describe('a boot has ended', () => {
  test('when systemd says that it is running, after it was not to be reached and had jobs left', async () => {
    const host = answering(new Error('refused'), saying('starting', 12), saying('running'))
    expect(await waitForBoot(host, soon)).toMatchObject({ how: 'up', said: 'running' })
  })

  test('when it is degraded: which unit failed is for a check', async () => {
    expect(await waitForBoot(answering(saying('degraded')), soon)).toMatchObject({ how: 'up', said: 'degraded' })
  })

  test('in maintenance', async () => {
    const host = answering(saying('starting', 3, 1), saying('maintenance', 0, 1))
    expect(await waitForBoot(host, soon)).toMatchObject({ how: 'maintenance' })
  })

  test('with an emergency shell and no job left, though systemd still says that it is starting', async () => {
    const host = answering(saying('starting', 1, 1), saying('starting', 0, 1))
    expect(await waitForBoot(host, soon)).toMatchObject({ how: 'maintenance', said: 'starting' })
  })

  test.for([
    ['[    2.1] Kernel panic - not syncing: VFS: Unable to mount root fs', 'Kernel panic - not syncing'],
    ['ALERT!  UUID=1 does not exist.  Dropping to a shell!\r\n\r\n\x1b[6n(initramfs) ', '(initramfs)'],
    ['error: no such partition.\r\nEntering rescue mode...\r\ngrub rescue> ', 'grub rescue>'],
    ['\r\nPlease unlock disk croot: ', 'Please unlock disk croot:'],
  ] as const)('when the console shows %j, though nobody answers', async ([console, words]) => {
    const host = answering(new Error('no agent'))
    const ended = await waitForBoot(host, { ...soon, console: () => console })
    expect(ended).toMatchObject({ how: 'console', said: expect.stringContaining(words) })
  })
})

test('a boot that does not end within its time is late, with what was last seen', async () => {
  const host = answering(saying('starting', 2))
  expect(await waitForBoot(host, { deadlineMs: 60, everyMs: 5 })).toMatchObject({
    how: 'late',
    said: 'systemd says "starting", with 2 jobs left',
  })
})

test('a machine that never answers is late too, even while it is asked', async () => {
  const host = { name: 'host', exec: () => new Promise<ExecResult>(() => {}) }
  expect(await waitForBoot(host, { deadlineMs: 60 })).toMatchObject({ how: 'late' })
})

test('a machine that turns itself off has ended its boot too, with a question still open', async () => {
  let off = false
  const host = {
    name: 'host',
    exec: () => {
      off = true
      return new Promise<ExecResult>(() => {})
    },
  }
  expect(await waitForBoot(host, { deadlineMs: 5_000, isOff: () => off })).toMatchObject({ how: 'off' })
})

test('a console that becomes a dead end is seen while a question to the machine is open', async () => {
  let shown = 'Loading Linux ...'
  const host = {
    name: 'host',
    exec: () => {
      shown = 'Kernel panic - not syncing: Attempted to kill init!'
      return new Promise<ExecResult>(() => {})
    },
  }
  expect(await waitForBoot(host, { deadlineMs: 5_000, console: () => shown })).toMatchObject({ how: 'console' })
})

test('whoever ends the wait ends it with an error, and not with a verdict', async () => {
  const ending = new AbortController()
  const wait = waitForBoot(answering(saying('starting', 2)), { ...soon, signal: ending.signal })
  ending.abort(new Error('ended from outside'))
  await expect(wait).rejects.toThrow('ended from outside')
})
