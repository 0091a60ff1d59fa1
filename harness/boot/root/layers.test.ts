import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import type { Header } from 'tar-stream'
import { pack } from 'tar-stream'
import { afterAll, expect, test } from 'vitest'
import { openRoot } from './open.ts'

type Member = readonly [name: string, content?: string | Buffer | undefined, header?: Partial<Header>]

async function archive(...members: readonly Member[]): Promise<Buffer> {
  const into = pack()
  for (const [name, content = '', header] of members) into.entry({ name, ...header }, content)
  into.finalize()
  return buffer(into)
}

const folder = await mkdtemp(join(tmpdir(), 'seatrial-layers-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
async function file(name: string, bytes: Buffer): Promise<string> {
  await writeFile(join(folder, name), bytes)
  return join(folder, name)
}

const link = (linkname: string): Partial<Header> => ({ type: 'symlink', linkname })
const lower = await archive(
  ['etc/', undefined, { type: 'directory' }],
  ['etc/hostname', 'lower\n'],
  ['etc/fstab', '# lower\n'],
  ['etc/cron.d/one', 'one'],
  ['etc/cron.d/two', 'two'],
  ['etc/netplan/a.yaml', 'a'],
)
const upper = await archive(
  ['etc/hostname', 'upper\n'],
  ['etc/.wh.fstab', ''],
  ['etc/cron.d/.wh..wh..opq', ''],
  ['etc/cron.d/three', 'three'],
  ['etc/netplan', undefined, link('/srv')],
)

/** What of the layers is seen in the end. */
async function seenIn(path: string): Promise<unknown> {
  const root = await openRoot(path)
  return {
    hostname: new TextDecoder().decode(await root.read('/etc/hostname')),
    fstab: await root.read('/etc/fstab'),
    jobs: await root.list('/etc/cron.d'),
    netplan: (await root.entry('/etc/netplan'))?.target,
    below: await root.entry('/etc/netplan/a.yaml'),
  }
}
const oneHost = { hostname: 'upper\n', fstab: undefined, jobs: ['three'], netplan: '/srv', below: undefined }

test('what docker save wrote is read layer by layer: a later one hides names, folders and files of those below', async () => {
  const manifest = JSON.stringify([
    { Config: 'c.json', RepoTags: ['x:1'], Layers: ['aa/layer.tar', 'bb/layer.tar', 'cc/layer.tar'] },
  ])
  const same: Member = ['cc/layer.tar', undefined, link('../bb/layer.tar')]
  const saved = await archive(['aa/layer.tar', lower], ['bb/layer.tar', upper], same, ['manifest.json', manifest])
  expect(await seenIn(await file('saved.tar', saved))).toEqual(oneHost)
  expect(await seenIn(await file('saved.tar.gz', gzipSync(saved)))).toEqual(oneHost)
})

test('an OCI archive is read by its index, with layers that are compressed', async () => {
  const index = JSON.stringify({ schemaVersion: 2, manifests: [{ digest: 'sha256:aaaa' }] })
  const manifest = JSON.stringify({ schemaVersion: 2, layers: [{ digest: 'sha256:bbbb' }, { digest: 'sha256:cccc' }] })
  const bytes = await archive(
    ['blobs/sha256/cccc', gzipSync(upper)],
    ['blobs/sha256/bbbb', gzipSync(lower)],
    ['blobs/sha256/aaaa', manifest],
    ['index.json', index],
    ['oci-layout', '{"imageLayoutVersion":"1.0.0"}'],
  )
  expect(await seenIn(await file('oci.tar', bytes))).toEqual(oneHost)
})

test('an image whose layer is missing, and layers without a list, are errors that say so', async () => {
  const manifest = JSON.stringify([{ Layers: ['aa/layer.tar', 'bb/layer.tar'] }])
  const half = await file('half.tar', await archive(['aa/layer.tar', lower], ['manifest.json', manifest]))
  await expect(openRoot(half)).rejects.toThrow('its layer bb/layer.tar is not there')
  const bare = await file('bare.tar', await archive(['aa/layer.tar', lower]))
  await expect(openRoot(bare)).rejects.toThrow('it holds layers, and no list of them')
})
