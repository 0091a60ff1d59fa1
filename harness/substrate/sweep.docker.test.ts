import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixtureImage } from './fixture-image.ts'
import { startContainer } from './docker/container.ts'
import { requireEngine } from './docker/engine.ts'
import { listLabelled } from './docker/leftovers.ts'
import { startNetwork } from './docker/network.ts'
import type { ProcessIdentity } from './process-identity.ts'
import { ownIdentity } from './process-identity.ts'
import type { Labels } from './run-labels.ts'
import { labelsOf, ownerFile } from './run-labels.ts'
import { sweepLeftovers } from './sweep.ts'

// Unique to this process, so that several runs of this test do not meet.
const unique = `sweep-${process.pid}`

async function deadProcess(): Promise<number> {
  const child = spawn('true')
  await once(child, 'exit')
  return child.pid ?? 0
}

async function leave(id: string, labels: Labels, stack: AsyncDisposableStack): Promise<string> {
  const image = await fixtureImage('probe-target')
  const marks = { ...labels, 'test.sweep': unique }
  stack.use(await startContainer({ name: id, image, command: ['sleep', '600'] }, { labels: marks }))
  stack.use(await startNetwork({ id, labels: marks }))
  const folder = join(tmpdir(), `seatrial-${id}`)
  await mkdir(folder)
  await writeFile(join(folder, ownerFile), JSON.stringify(labels))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  return folder
}

test('the sweep removes what a dead process left and nothing of the living, of strangers, or of other machines', async () => {
  await using things = new AsyncDisposableStack()
  const own = ownIdentity()
  const owners: Record<string, ProcessIdentity> = {
    dead: { ...own, pid: await deadProcess() },
    'pid-used-again': { ...own, started: '1' },
    living: own,
    'other-machine': { ...own, pid: 1, host: 'f'.repeat(16) },
    'other-namespace': { ...own, pid: 1, namespace: 'f'.repeat(16) },
  }
  const folders = new Map<string, string>()
  for (const [kind, owner] of Object.entries(owners)) {
    const id = `${unique}-${kind}`
    folders.set(kind, await leave(id, labelsOf(id, owner), things))
  }
  const half = { 'seatrial.run': `${unique}-half`, 'seatrial.pid': '1' }
  folders.set('half', await leave(`${unique}-half`, half, things))

  // What is gone is asked of the engine: a run beside this test may have swept some of it first.
  const { troubles } = await sweepLeftovers()

  expect(troubles).toEqual([])
  const { endpoint } = await requireEngine()
  const left = (await listLabelled(endpoint, `test.sweep=${unique}`)).map(
    (thing) => `${thing.kind} ${String(thing.labels['seatrial.run'])}`,
  )
  const spared = ['half', 'living', 'other-machine', 'other-namespace']
  expect(left.toSorted()).toEqual(
    ['container', 'network'].flatMap((kind) => spared.map((name) => `${kind} ${unique}-${name}`)),
  )
  expect(
    [...folders]
      .filter(([, folder]) => existsSync(folder))
      .map(([kind]) => kind)
      .toSorted(),
  ).toEqual(spared)
}, 60_000)
