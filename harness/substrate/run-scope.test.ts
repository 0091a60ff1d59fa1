import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openRun } from './run-scope.ts'

describe('openRun', () => {
  test('gives a folder that is gone with all that is in it when the run is disposed', async () => {
    const run = await openRun()
    await writeFile(join(run.temporaryFolder, 'log.txt'), 'x')
    expect(existsSync(run.temporaryFolder)).toBe(true)
    await run[Symbol.asyncDispose]()
    expect(existsSync(run.temporaryFolder)).toBe(false)
  })

  test('ends the child processes that were started during the run, and no others', async () => {
    const stranger = spawn('sleep', ['600'])
    const run = await openRun()
    const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
    const ended = once(child, 'exit')
    await run[Symbol.asyncDispose]()
    expect(await ended).toEqual([null, 'SIGKILL'])
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
    stranger.kill()
  })

  test('marks the environment for its children and puts it back as it was', async () => {
    const before = process.env['SEATRIAL_RUN']
    const outer = await openRun()
    const inner = await openRun()
    expect(process.env['SEATRIAL_RUN']).toBe(inner.id)
    await outer[Symbol.asyncDispose]()
    expect(process.env['SEATRIAL_RUN']).toBe(inner.id)
    await inner[Symbol.asyncDispose]()
    expect(process.env['SEATRIAL_RUN']).toBe(before)
  })

  test('can be disposed twice', async () => {
    await using run = await openRun()
    await run[Symbol.asyncDispose]()
    await expect(run[Symbol.asyncDispose]()).resolves.toBeUndefined()
  })

  test('labels what it starts with the run, its process, and when and where that was started', async () => {
    await using run = await openRun()
    expect(run.labels).toEqual({
      'seatrial.run': run.id,
      'seatrial.pid': String(process.pid),
      'seatrial.started': expect.stringMatching(/^\d+$/),
      'seatrial.boot': expect.stringMatching(/^[0-9a-f]{16}$/),
      'seatrial.namespace': expect.stringMatching(/^[0-9a-f]{16}$/),
      'seatrial.host': expect.stringMatching(/^[0-9a-f]{16}$/),
    })
  })

  test('refuses an id that another run has', async () => {
    await using run = await openRun()
    await expect(openRun({ id: run.id })).rejects.toThrow('wanted an id that no other run has')
  })

  test.each(['', 'UPPER', '../etc', 'a b', 'x'.repeat(64)])('refuses the id %j', async (id) => {
    await expect(openRun({ id })).rejects.toThrow('wanted lower-case letters, digits and dashes')
  })
})
