import { chmod, cp, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { folderHash } from './folder-hash.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hash-test-'))
  await writeFile(join(folder, 'Dockerfile'), 'FROM scratch')
  await mkdir(join(folder, 'conf'))
  await writeFile(join(folder, 'conf/a'), 'b')
})

afterEach(() => rm(folder, { recursive: true }))

test('two copies of a folder have the same hash, wherever they lie and whenever they were made', async () => {
  const copy = `${folder}-copy`
  await cp(folder, copy, { recursive: true })
  const hash = await folderHash(folder)
  expect(hash).toMatch(/^[0-9a-f]{12}$/)
  expect(await folderHash(copy)).toBe(hash)
  await rm(copy, { recursive: true })
})

test('a mode that git does not keep changes nothing', async () => {
  const hash = await folderHash(folder)
  await chmod(join(folder, 'conf/a'), 0o600)
  expect(await folderHash(folder)).toBe(hash)
})

test.each<[string, () => Promise<void>]>([
  ['content', () => writeFile(join(folder, 'conf/a'), 'c')],
  ['a name', () => rename(join(folder, 'conf/a'), join(folder, 'conf/b'))],
  ['a folder', () => rename(join(folder, 'conf'), join(folder, 'config'))],
  ['the right to execute', () => chmod(join(folder, 'conf/a'), 0o755)],
  ['one more file', () => writeFile(join(folder, 'conf/empty'), '')],
  ['where a link points', () => symlink('a', join(folder, 'conf/link'))],
  [
    'a byte that moves from a content to a name',
    async () => {
      await rename(join(folder, 'conf/a'), join(folder, 'conf/ab'))
      await writeFile(join(folder, 'conf/ab'), '')
    },
  ],
])('%s that changes changes the hash', async (_, change) => {
  const hash = await folderHash(folder)
  await change()
  expect(await folderHash(folder)).not.toBe(hash)
})
