import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Machine } from '../../substrate/index.ts'
import { compareManifests } from './compare.ts'
import { treeManifest } from './tree.ts'

/** This machine, as far as a manifest needs one. */
const here = {
  name: 'this machine',
  async exec([file, ...rest]: readonly [string, ...string[]]) {
    const { exitCode = -1, stdout, stderr } = await execa(file, rest, { reject: false })
    return { exitCode, stdout, stderr }
  },
} as Pick<Machine, 'name' | 'exec'> as Machine // a manifest asks for nothing else

async function folderWith(lines: string): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'seatrial-tree-'))
  await execa('bash', ['-euc', lines], { cwd: path })
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

test('names are told whatever bytes they have, and two that differ in one byte are two', async () => {
  await using folder =
    await folderWith(`touch -- plain ' led by a space' $'line\\nbreak' $'tab\\there' ümlaut '-rf' 'back\\slash'
touch -- $'\\xff' $'\\xfe' 'percent%s' "quo'te\\""`)
  expect([...(await treeManifest(here, folder.path)).keys()].toSorted()).toEqual(
    [
      '.',
      ' led by a space',
      '-rf',
      'back\\slash',
      'line\\x0abreak',
      'percent%s',
      'plain',
      'quo\'te"',
      'tab\\x09here',
      'ümlaut',
      '\\xfe',
      '\\xff',
    ].toSorted(),
  )
})

test('a file has its content, mode, owner, second, bytes and names; a link has its target and a time of its own', async () => {
  await using folder =
    await folderWith(`printf abc >file; chmod 4751 file; ln file other; ln -s 'no where' link; mkdir empty
touch -h -d @981173106.5 link; touch -d @1600000000.9 file`)
  const manifest = await treeManifest(here, folder.path)
  const owner = `${process.getuid?.()}:${process.getgid?.()}`
  const file = {
    kind: 'f',
    mode: '4751',
    owner,
    time: '1600000000',
    bytes: '3',
    'hard links': '2',
    content: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  }
  expect(manifest.get('file')).toEqual(file)
  expect(manifest.get('other')).toEqual(file)
  expect(manifest.get('link')).toEqual({ kind: 'l', mode: '777', owner, 'link time': '981173106', target: 'no where' })
  expect(manifest.get('empty')).toMatchObject({ kind: 'd', mode: '755' })
})

test('one changed byte, in a file of the same size and time, is one difference', async () => {
  await using folder = await folderWith(`printf abc >$'odd\\nname'; touch -d @1 $'odd\\nname'`)
  const before = await treeManifest(here, folder.path)
  await execa('bash', ['-euc', `printf abd >$'odd\\nname'; touch -d @1 $'odd\\nname'`], { cwd: folder.path })
  expect(compareManifests(before, await treeManifest(here, folder.path))).toEqual([
    expect.objectContaining({ kind: 'changed', key: 'odd\\x0aname', fact: 'content' }),
  ])
})

test('a folder with nothing in it is one entry, and one that is not there is an error and no empty manifest', async () => {
  await using folder = await folderWith('true')
  expect([...(await treeManifest(here, folder.path)).keys()]).toEqual(['.'])
  await expect(treeManifest(here, join(folder.path, 'absent'))).rejects.toThrow(
    /absent of this machine cannot be listed/,
  )
})
