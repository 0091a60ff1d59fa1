import { existsSync } from 'node:fs'
import { chmod, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allGone, remains } from '../../fixtures/remains.ts'
import { lastRecord, scratchFolder, seatrial } from '../../fixtures/seatrial.ts'
import { waitFor } from '../../harness/kernel/index.ts'

/**
 * Nothing is left behind after a drill that fails or is killed: no container, no network, no temporary folder, and no
 * process of a runbook.
 */

/** Starts a drill and waits until it is in the middle: there is the file that its runbook makes, or it has said so. */
async function startDrill(args: readonly string[], middle: { readonly says: string } | { readonly runbook: string }) {
  await using stack = new AsyncDisposableStack()
  const folder = stack.use(await scratchFolder())
  const runbook = join(folder.path, 'promote.sh')
  if ('runbook' in middle) {
    await writeFile(runbook, middle.runbook)
    await chmod(runbook, 0o755)
  }
  const chosen = 'runbook' in middle ? ['--runbook', runbook] : []
  const running = seatrial(['drill', 'run', ...args, ...chosen], { cwd: folder.path, timeout: 90_000 })
  stack.defer(async () => void (await running))
  stack.defer(() => void running.kill('SIGKILL'))
  let said = ''
  running.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await waitFor(
    'the drill to be in the middle',
    () => {
      const there = 'runbook' in middle ? existsSync(join(folder.path, 'begun')) : said.includes(middle.says)
      return there ? { done: true } : { seen: said.slice(-300) }
    },
    { deadlineMs: 60_000 },
  )
  const reports = join(folder.path, 'reports')
  const [id = ''] = await readdir(reports)
  const moved = stack.move()
  return { id: id.toLowerCase(), running, reports, [Symbol.asyncDispose]: () => moved.disposeAsync() }
}

/** It hears no signal but the last, and so does what it leaves in the background. */
const stubborn = `#!/bin/sh
trap '' TERM INT HUP
sleep 120 &
touch begun
sleep 120
`

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`a drill whose runbook runs ends within 5 s of ${signal}, with the runbook and everything else of it`, async () => {
    await using drill = await startDrill(['kill'], { runbook: stubborn })
    expect(await remains(drill.id)).toEqual(expect.arrayContaining(['container', 'folder', 'network', 'process']))
    const began = performance.now()
    drill.running.kill(signal)
    await allGone(drill.id)
    const { exitCode } = await drill.running
    expect(exitCode).toBe(2)
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(await lastRecord(drill.reports)).toMatchObject({ state: 'interrupted', verdict: 'unsettled' })
  })
}

test('a drill whose runbook runs and that is killed by SIGKILL leaves nothing behind after 5 s', async () => {
  await using drill = await startDrill(['kill'], { runbook: stubborn })
  drill.running.kill('SIGKILL')
  await allGone(drill.id)
  expect((await drill.running).signal).toBe('SIGKILL')
})

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`a drill with links that are cut leaves nothing behind within 5 s of ${signal}`, async () => {
    await using drill = await startDrill(['old-primary-returns'], { says: 'are cut' })
    expect(await remains(drill.id)).toContain('container')
    drill.running.kill(signal)
    await allGone(drill.id)
    const ended = await drill.running
    expect(signal === 'SIGKILL' ? ended.signal : ended.exitCode).toBe(signal === 'SIGKILL' ? 'SIGKILL' : 2)
  })
}

test.each([
  ['that loses rows', ['candidate-behind', '--procedure', 'documents'], undefined],
  ['whose runbook fails and leaves a process behind', ['kill'], '#!/bin/sh\ntouch begun\nsleep 120 &\nexit 4\n'],
])('a drill %s leaves nothing behind when it has ended', async (_, args, runbook) => {
  await using drill = await startDrill(args, runbook === undefined ? { says: 'is killed' } : { runbook })
  expect((await drill.running).exitCode).toBe(1)
  expect(await remains(drill.id)).toEqual([])
})
