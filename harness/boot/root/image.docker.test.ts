import { expect, test } from 'vitest'
import { requireEngine } from '../../substrate/index.ts'
import { callEngine } from '../../substrate/docker/engine-call.ts'
import { openRoot } from './open.ts'

const image = 'debian:bookworm-slim'

test('an image is read by its name, and the container that was made for it is gone afterwards', async () => {
  const before = await containersOf(image)
  for (const path of [`image:${image}`, `docker:${image}`]) {
    const root = await openRoot(path)
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
