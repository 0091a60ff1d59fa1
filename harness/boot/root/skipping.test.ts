import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import type { Header } from 'tar-stream'
import { pack } from 'tar-stream'
import { afterAll, expect, test } from 'vitest'
import { openRoot } from './open.ts'
import type { Root } from './root.ts'
import { withoutContents } from './skipping.ts'

const folder = await mkdtemp(join(tmpdir(), 'seatrial-skipping-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const large = Buffer.alloc(300_000, 0xee)
type Member = readonly [name: string, content: string | Buffer, header?: Partial<Header>]

async function archive(...members: readonly Member[]): Promise<Buffer> {
  const into = pack()
  for (const [name, content, header] of members) into.entry({ name, ...header }, content)
  into.finalize()
  return buffer(into)
}

async function file(name: string, bytes: Buffer): Promise<string> {
  await writeFile(join(folder, name), bytes)
  return join(folder, name)
}

const longName = `srv/${'deep/'.repeat(60)}data.bin`
const members: readonly Member[] = [
  ['usr/bin/large', large, { mode: 0o4755 }],
  ['etc/fstab', '# mine\n'],
  ['boot/initrd.img', large],
  [longName, large],
  // A record of its own in front, with a name that is not the one in the header.
  ['usr/share/with-times', large, { pax: { atime: '1.5' } }],
  ['etc/hostname', 'after\n'],
]

/** All that can be asked of it. */
async function all(root: Root): Promise<unknown> {
  const paths = ['/usr/bin/large', '/etc/fstab', '/boot/initrd.img', `/${longName}`, '/usr/share/with-times']
  return Promise.all(
    [...paths, '/etc/hostname'].map(async (path) => ({
      path,
      entry: { ...(await root.entry(path)), modifiedAt: 0 },
      content: Buffer.from((await root.read(path)) ?? '').toString(),
      around: await root.list(path.slice(0, path.lastIndexOf('/')) || '/'),
    })),
  )
}

test('an archive whose large files are jumped over says what one says that is read to its end', async () => {
  const plain = await archive(...members)
  const [jumped, read] = [await file('host.tar', plain), await file('host.tar.gz', gzipSync(plain))]
  const seen = await all(await openRoot(jumped))
  expect(seen).toEqual(await all(await openRoot(read)))
  expect(seen).toMatchObject([
    { entry: { size: 300_000, mode: 0o4755 }, content: '' },
    { content: '# mine\n' },
    { content: large.toString() },
    { entry: { size: 300_000 } },
    { entry: { size: 300_000 } },
    { content: 'after\n' },
  ])
})

test('what nobody looks into is not read, in the layers of an image neither', async () => {
  const manifest = JSON.stringify([{ Layers: ['aa/layer.tar'] }])
  const saved = await file(
    'saved.tar',
    await archive(['aa/layer.tar', await archive(...members)], ['manifest.json', manifest]),
  )
  let [letters, length] = [0, 0]
  for await (const part of withoutContents(saved)) {
    length += part.length
    letters += part.filter((byte) => byte === large[0]).length
  }
  // The initrd is looked into; of the other three there are zeros.
  expect(letters).toBe(large.length)
  expect(length).toBe((await stat(saved)).size)
  expect(await all(await openRoot(saved))).toEqual(await all(await openRoot(join(folder, 'host.tar'))))
})

test('an archive that is cut off in the middle of what is jumped over is none', async () => {
  const whole = await archive(...members)
  await expect(openRoot(await file('cut.tar', whole.subarray(0, 200_000)))).rejects.toThrow(
    'cannot be read as an archive',
  )
})
