import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixtureImage } from '../fixture-image.ts'
import type { RunScope } from '../run-scope.ts'
import { openRun } from '../run-scope.ts'
import { startContainer } from './container.ts'
import { requireEngine } from './engine.ts'
import { listLabelled } from './leftovers.ts'
import { createVolume } from './volume.ts'

let run: RunScope
beforeAll(async () => {
  run = await openRun()
})
afterAll(() => run[Symbol.asyncDispose]())

const volumesOf = async (id: string): Promise<string[]> => {
  const things = await listLabelled((await requireEngine()).endpoint, `seatrial.run=${id}`)
  return things.filter(({ kind }) => kind === 'volume').map((each) => each.id)
}

test('a volume is shared by the containers that have it, outlives them, and is gone when it is disposed', async () => {
  const image = await fixtureImage('probe-target')
  const volume = await createVolume(run)
  const spec = (name: string) =>
    ({ name, image, volumes: { '/shared': volume.name }, wait: { command: ['true'] } }) as const
  {
    await using writer = await startContainer(spec('writer'), run)
    await using reader = await startContainer(spec('reader'), run)
    await writer.exec(['sh', '-c', 'echo ahoy >/shared/word'])
    expect((await reader.exec(['cat', '/shared/word'])).stdout).toBe('ahoy\n')
  }
  await using later = await startContainer(spec('later'), run)
  expect((await later.exec(['cat', '/shared/word'])).stdout).toBe('ahoy\n')
  expect(await volumesOf(run.id)).toEqual([volume.name])
  await later[Symbol.asyncDispose]()
  await volume[Symbol.asyncDispose]()
  expect(await volumesOf(run.id)).toEqual([])
})

test('a volume that nobody disposed goes with its run', async () => {
  const other = await openRun()
  await createVolume(other)
  expect(await volumesOf(other.id)).toHaveLength(1)
  await other[Symbol.asyncDispose]()
  expect(await volumesOf(other.id)).toEqual([])
})
