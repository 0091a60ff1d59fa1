import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { allGone, remains } from '../../../fixtures/remains.ts'
import { lastRecord, scratchFolder, seatrial } from '../../../fixtures/seatrial.ts'
import { rawServer, requestHead } from '../../../fixtures/servers/raw.ts'
import { waitFor } from '../../kernel/index.ts'

const image = fileURLToPath(new URL('../../../fixtures/images/probe-target', import.meta.url))
const page = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 2\r\n\r\nok'

/**
 * A run with a container of its own, held in the middle: the page that it looks at is not
 * answered before `release`.
 */
async function startHeldRun() {
  await using stack = new AsyncDisposableStack()
  const folder = stack.use(await scratchFolder())
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const server = stack.use(
    await rawServer(async (socket) => {
      if ((await requestHead(socket)) === undefined) return
      await released
      socket.end(page)
    }),
  )
  const config = {
    stack: { web: { build: image, ports: [8080] }, held: { url: server.url } },
    http: { targets: [{ in: 'held' }], probes: false, deadlineMs: 120_000 },
  }
  await writeFile(join(folder.path, 'seatrial.config.ts'), `export default ${JSON.stringify(config)}\n`)
  const running = seatrial(['run'], { cwd: folder.path, timeout: 120_000 })
  stack.defer(() => void running.kill('SIGKILL'))
  await waitFor('the run to look', () => (server.heard === '' ? { seen: 'nothing asked' } : { done: true }), {
    deadlineMs: 90_000,
  })
  const reports = join(folder.path, 'reports')
  const [id = ''] = await readdir(reports)
  const moved = stack.move()
  return {
    id: id.toLowerCase(),
    folder: folder.path,
    reports,
    running,
    release,
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  }
}

describe('a run that is killed in the middle leaves nothing behind within 5 s, and a run beside it passes', () => {
  test('by SIGTERM it ends in order, and its record says that it was interrupted', async () => {
    await using dying = await startHeldRun()
    await using beside = await startHeldRun()
    expect(await remains(dying.id)).toEqual(expect.arrayContaining(['container', 'folder', 'network', 'process']))

    dying.running.kill('SIGTERM')
    await allGone(dying.id)
    const { exitCode, stdout } = await dying.running
    expect(exitCode).toBe(2)
    expect(stdout).toContain('The run was ended from outside; this is what it had got to.')
    expect(await lastRecord(dying.reports)).toMatchObject({ state: 'interrupted', verdict: 'unsettled', exitCode: 2 })

    expect(await remains(beside.id)).toContain('container')
    beside.release()
    expect((await beside.running).exitCode).toBe(0)
    expect(await remains(beside.id)).toEqual([])
  }, 120_000)

  test('by SIGKILL the reaper does it, and `report` completes the record from the journal', async () => {
    await using dying = await startHeldRun()
    await using beside = await startHeldRun()

    dying.running.kill('SIGKILL')
    await allGone(dying.id)
    expect((await dying.running).signal).toBe('SIGKILL')
    const [run = ''] = await readdir(dying.reports)
    expect(await readdir(join(dying.reports, run))).not.toContain('run.json')
    const told = await seatrial(['report', join('reports', run), '--format', 'json'], { cwd: dying.folder })
    expect(told.exitCode).toBe(2)
    expect(JSON.parse(told.stdout)).toMatchObject({
      state: 'interrupted',
      verdict: 'unsettled',
      steps: [{ id: 'trial/stack', outcome: { kind: 'passed' } }],
    })

    beside.release()
    expect((await beside.running).exitCode).toBe(0)
    expect(await remains(beside.id)).toEqual([])
  }, 120_000)
})

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'killed by %s while the deployment is starting, it leaves nothing behind either',
  async (signal) => {
    await using folder = await scratchFolder()
    const running = seatrial(['run'], { cwd: folder.path, timeout: 120_000 })
    const id = await waitFor(
      'the first container',
      async () => {
        const [name] = await readdir(join(folder.path, 'reports')).catch(() => [])
        const left = name === undefined ? [] : await remains(name.toLowerCase())
        return name !== undefined && left.includes('container') ? { done: name.toLowerCase() } : { seen: left.join() }
      },
      { deadlineMs: 90_000 },
    )
    running.kill(signal)
    await allGone(id)
    const { exitCode } = await running
    expect(exitCode).toBe(signal === 'SIGTERM' ? 2 : undefined)
    const { exitCode: told, stdout } = await seatrial(['report', '--format', 'json'], { cwd: folder.path })
    expect(told).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ state: 'interrupted', verdict: 'unsettled' })
  },
  120_000,
)
