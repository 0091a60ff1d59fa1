import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requireEngine } from './engine.ts'
import { callEngine } from './engine-call.ts'
import { buildImage } from './image.ts'

let scratch: string
const made: string[] = []

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'image-test-'))
})

afterAll(async () => {
  const { endpoint } = await requireEngine()
  for (const tag of made) await callEngine(endpoint, 'DELETE', `/images/${tag}?force=1`)
  await rm(scratch, { recursive: true })
})

async function folder(name: string, dockerfile: string): Promise<string> {
  const path = join(scratch, name)
  await mkdir(path)
  await writeFile(join(path, 'Dockerfile'), `${dockerfile}\nLABEL test.seed="${scratch}"\n`)
  return path
}

test('an image is tagged by its folder and content, built once, and built anew when a file changes', async () => {
  const path = await folder('Web Server', 'FROM debian:bookworm-slim')
  const lines: string[] = []
  const progress = (line: string): number => lines.push(line)
  const first = await buildImage(path, { progress })
  expect(first).toMatch(/^seatrial\/web-server:[0-9a-f]{12}$/)
  expect(await buildImage(path, { progress })).toBe(first)
  expect(lines).toEqual([`building ${first}`])
  await writeFile(join(path, 'index.html'), 'new')
  const second = await buildImage(path, { progress })
  expect(second).not.toBe(first)
  expect(lines).toHaveLength(2)
  made.push(first, second)
  const { body } = await callEngine((await requireEngine()).endpoint, 'GET', `/images/${first}/json`)
  expect(body).toMatchObject({ Config: { Labels: { 'seatrial.image': 'web-server' } } })
}, 30_000)

test('an image is built anew when its base has become another one under the same name', async () => {
  const { endpoint } = await requireEngine()
  const bases = await Promise.all(
    ['old', 'new'].map(async (name) =>
      buildImage(await folder(name, `FROM debian:bookworm-slim\nLABEL which=${name}`)),
    ),
  )
  const path = await folder('upon', 'FROM image-test-base:latest')
  const built: string[] = []
  for (const base of bases) {
    await callEngine(endpoint, 'POST', `/images/${base}/tag?repo=image-test-base&tag=latest`)
    built.push(await buildImage(path))
  }
  made.push('image-test-base:latest', ...built, ...bases)
  const labels = built.map(async (tag) => (await callEngine(endpoint, 'GET', `/images/${tag}/json`)).body)
  expect(await Promise.all(labels)).toMatchObject([
    { Config: { Labels: { which: 'old' } } },
    { Config: { Labels: { which: 'new' } } },
  ])
}, 30_000)

test('two processes that want the same image at once build it once', async () => {
  const path = await folder('both', 'FROM debian:bookworm-slim\nRUN sleep 1')
  const module = new URL('./image.ts', import.meta.url).href
  const program = `import { buildImage } from ${JSON.stringify(module)}
    console.log(await buildImage(${JSON.stringify(path)}, { progress: console.log }))`
  const build = async (): Promise<string[]> => {
    const options = ['--input-type=module', '--eval', program]
    return (await promisify(execFile)(process.execPath, options)).stdout.trim().split('\n')
  }
  const outputs = (await Promise.all([build(), build()])).flat()
  const tag = outputs.at(-1) ?? ''
  made.push(tag)
  expect(outputs.toSorted()).toEqual([`building ${tag}`, tag, tag].toSorted())
}, 30_000)

test('a build that fails is told with the last lines of its log', async () => {
  const path = await folder('broken', 'FROM debian:bookworm-slim\nRUN echo about to fail && exit 7')
  await expect(buildImage(path)).rejects.toMatchObject({
    code: 'SEATRIAL_BUILD_FAILED',
    because: 'setup',
    message: expect.stringMatching(/returned a non-zero code: 7[^]*about to fail/),
  })
}, 30_000)

test('a base image that is not there and cannot be had is named', async () => {
  const path = await folder('baseless', 'FROM seatrial.invalid/no-such-base:1')
  await expect(buildImage(path)).rejects.toMatchObject({
    code: 'SEATRIAL_NO_BASE_IMAGE',
    message: expect.stringContaining('builds on seatrial.invalid/no-such-base:1'),
  })
}, 30_000)

test('a folder without a Dockerfile is a mistake of the person who named it', async () => {
  await expect(buildImage(join(scratch, 'nowhere'))).rejects.toThrow(/wanted a folder with a Dockerfile/)
})

test('a build that is aborted ends, and may be begun again', async () => {
  const path = await folder('aborted', 'FROM debian:bookworm-slim\nRUN sleep 1.5')
  await expect(buildImage(path, { signal: AbortSignal.timeout(500) })).rejects.toThrow('aborted due to timeout')
  made.push(await buildImage(path))
}, 30_000)
