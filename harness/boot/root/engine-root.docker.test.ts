import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { openRun, requireEngine } from '../../substrate/index.ts'
import { callEngine } from '../../substrate/docker/engine-call.ts'
import { testcontainers } from '../../substrate/docker/testcontainers.ts'
import { declaredState } from '../declared.ts'
import { readHost } from '../host/host-files.ts'
import { openRoot } from './open.ts'
import type { Entry } from './root.ts'

const image = 'debian:bookworm-slim'

test('an image is read by its name, and the container that was made for it is gone afterwards', async () => {
  const before = await containersOf(image)
  for (const path of [`image:${image}`, `docker:${image}`]) {
    await using root = await opened(path)
    expect(new TextDecoder().decode(await root.read('/etc/debian_version'))).toMatch(/^12/)
    expect(await root.entry('/bin')).toMatchObject({ kind: 'link' })
  }
  expect(await containersOf(image)).toBe(before)
})

test('an image that is not there is an error that says how to get it, and leaves nothing behind', async () => {
  const before = await containersOf('')
  await expect(openRoot('image:seatrial/of-nobody:1')).rejects.toMatchObject({
    code: 'SEATRIAL_NO_IMAGE',
    because: 'prerequisite',
    mend: expect.stringContaining('docker pull seatrial/of-nobody:1'),
  })
  expect(await containersOf('')).toBeLessThanOrEqual(before)
})

test('a container is seen as its exported files are, path by path', async () => {
  await using run = await openRun()
  const docker = await (await testcontainers()).dockerode()
  const container = await docker.createContainer({ Image: image, Cmd: ['/'], Labels: { ...run.labels } })
  const folder = await mkdtemp(join(tmpdir(), 'seatrial-exported-'))
  try {
    const file = join(folder, 'host.tar')
    await pipeline(await container.export(), createWriteStream(file))
    expect(await factsOf(`container:${container.id}`)).toEqual(await factsOf(file))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('a container that went away in the meantime is not taken for an empty one', async () => {
  await using run = await openRun()
  const docker = await (await testcontainers()).dockerode()
  const container = await docker.createContainer({ Image: image, Cmd: ['/'], Labels: { ...run.labels } })
  await using root = await opened(`container:${container.id}`)
  await container.remove()
  await expect(root.entry('/usr')).rejects.toThrow('no such container')
})

test('a container that is not there is an error that says how to find one', async () => {
  await expect(openRoot('container:of-nobody')).rejects.toMatchObject({
    code: 'SEATRIAL_NO_CONTAINER',
    mend: expect.stringContaining('docker ps'),
  })
})

/** What is read of a host; owners and parts of seconds one of the two does not tell. */
async function factsOf(path: string): Promise<unknown> {
  await using root = await opened(path)
  const files = await readHost(root, declaredState.parse({ mounts: [{ at: '/srv' }], data: ['/var/lib/dpkg'] }))
  const comparable = (entry: Entry | undefined): unknown =>
    entry && {
      ...entry,
      uid: undefined,
      size: entry.kind === 'folder' ? 0 : entry.size,
      modifiedAt: Math.trunc(entry.modifiedAt / 1_000),
    }
  return { ...files, paths: new Map([...files.paths].map(([at, entry]) => [at, comparable(entry)])) }
}

async function opened(path: string): Promise<Awaited<ReturnType<typeof openRoot>> & AsyncDisposable> {
  const root = await openRoot(path)
  return { ...root, [Symbol.asyncDispose]: async () => root[Symbol.asyncDispose]?.() }
}

/** Containers that were made of an image and never started, of those that a run of ours has. */
async function containersOf(name: string): Promise<number> {
  const { endpoint } = await requireEngine()
  const filters = encodeURIComponent(
    JSON.stringify({
      label: [`seatrial.pid=${process.pid}`],
      status: ['created'],
      ...(name !== '' && { ancestor: [name] }),
    }),
  )
  const { body } = await callEngine(endpoint, 'GET', `/containers/json?all=1&filters=${filters}`)
  return Array.isArray(body) ? body.length : -1
}
