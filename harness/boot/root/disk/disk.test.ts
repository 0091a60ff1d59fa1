import { execFileSync, spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, open, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginning, followed } from '../root.ts'
import { openRoot } from '../open.ts'

/** These images are made by the tools that people make them with; where those are not installed nothing is tested. */
const tool = (name: string): boolean => spawnSync(name, ['-V']).error === undefined
const mke2fs = tool('mke2fs')
const uuid = '0a1b2c3d-0000-4000-8000-00000000aa07'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatrial-disk-'))
  const tree = join(folder, 'tree')
  await mkdir(join(tree, 'etc/many'), { recursive: true })
  await mkdir(join(tree, 'boot'), { recursive: true })
  await writeFile(
    join(tree, 'etc/fstab'),
    `UUID=${uuid} / ext4 errors=remount-ro 0 1\nLABEL=boot /boot ext4 defaults 0 2\n`,
  )
  await writeFile(join(tree, 'boot/below'), 'hidden')
  await writeFile(join(tree, 'etc/large'), Buffer.alloc(3_000_000, 'abcdefg'))
  await writeFile(join(tree, 'etc/key'), 'secret')
  await chmod(join(tree, 'etc/key'), 0o640)
  await utimes(join(tree, 'etc/key'), 1_700_000_000, 1_700_000_000)
  const hole = await open(join(tree, 'etc/hole'), 'w')
  await hole.write('end', 200_000)
  await hole.close()
  for (let index = 0; index < 1_200; index++) await writeFile(join(tree, `etc/many/${index}-${'x'.repeat(40)}`), '')
  await symlink('/etc/fstab', join(tree, 'etc/short'))
  await symlink(`/etc/${'../etc/'.repeat(20)}fstab`, join(tree, 'etc/long'))
  await symlink('circle', join(tree, 'etc/circle'))
  const boot = join(folder, 'boot-tree')
  await mkdir(boot)
  await writeFile(join(boot, 'vmlinuz-6.1'), 'kernel')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function make(name: string, tree: string, ...flags: readonly string[]): string {
  const file = join(folder, name)
  execFileSync('mke2fs', ['-q', '-F', ...flags, '-d', join(folder, tree), file, '24M'], { stdio: 'ignore' })
  return file
}

describe.skipIf(!mke2fs)('a bare file system', () => {
  test.for([
    ['ext4', ['-t', 'ext4', '-U', uuid]],
    ['ext4 with blocks of 1 KiB', ['-t', 'ext4', '-b', '1024']],
    ['ext3, whose files are lists of blocks', ['-t', 'ext3', '-b', '1024']],
    ['ext2 with small inodes', ['-t', 'ext2', '-I', '128']],
  ] as const)('%s is read without mounting it, and without the rights of root', async ([, flags]) => {
    await using root = asDisposable(await openRoot(make('bare.img', 'tree', ...flags)))
    expect(new TextDecoder().decode(await root.read('/etc/fstab'))).toContain('LABEL=boot')
    expect(Buffer.from((await root.read('/etc/large')) ?? []).equals(Buffer.alloc(3_000_000, 'abcdefg'))).toBe(true)
    const hole = Buffer.from((await root.read('/etc/hole')) ?? [])
    expect([
      hole.length,
      hole.subarray(0, 200_000).every((byte) => byte === 0),
      hole.toString('utf8', 200_000),
    ]).toEqual([200_003, true, 'end'])
    expect(await root.begins('/etc/large')).toBe('abcdefg'.repeat(200).slice(0, beginning))
    expect(await root.begins('/etc/key')).toBe('secret')
    expect(await root.entry('/etc/key')).toMatchObject({
      kind: 'file',
      mode: 0o640,
      size: 6,
      modifiedAt: 1_700_000_000_000,
    })
    expect((await root.list('/etc/many')).length).toBe(1_200)
    expect(await followed(root, '/etc/long')).toBe('/etc/fstab')
    expect(await root.read('/etc/short')).toEqual(await root.read('/etc/fstab'))
    expect(await followed(root, '/etc/circle')).toBeUndefined()
    expect(await root.entry('/etc/nothing')).toBeUndefined()
  })

  test('is read from inside of the half of a mirror', async () => {
    const [bare, half] = [make('inside.img', 'tree', '-t', 'ext4'), join(folder, 'half.img')]
    const superblock = Buffer.alloc(256)
    superblock.writeUInt32LE(0xa92b4efc, 0)
    superblock.writeInt32LE(1, 72)
    superblock.writeBigUInt64LE(2_048n, 128)
    await joinAt(half, [[superblock, 4_096]], [[bare, 2_048 * 512]])
    await using root = asDisposable(await openRoot(half))
    expect(root.disk?.parts).toMatchObject([{ type: 'linux_raid_member', root: true }])
    expect(new TextDecoder().decode(await root.read('/etc/fstab'))).toContain(uuid)
  })

  test('that is broken is an error that says so, and never an exception of another kind', async () => {
    const image = make('broken.img', 'tree', '-t', 'ext4')
    const file = await open(image, 'r+')
    // Behind the superblock: the table of groups, and the first inodes.
    await file.write(Buffer.alloc(300_000, 0xff), 0, 300_000, 4_096)
    await file.close()
    await expect(openRoot(image)).rejects.toMatchObject({ code: 'SEATRIAL_NO_DISK_IMAGE', because: 'prerequisite' })
  })

  test('that was cut off is an error that says so', async () => {
    const image = make('cut.img', 'tree', '-t', 'ext4')
    await truncate(image, 200_000)
    await expect(readAll(image)).rejects.toMatchObject({ code: 'SEATRIAL_NO_DISK_IMAGE' })
  })
})

describe.skipIf(!mke2fs)('a disk with partitions', () => {
  const sectors = { boot: 2_048, root: 2_048 + 24 * 2_048 }

  async function disk(
    name: string,
    table: (file: string) => Promise<readonly (readonly [Buffer, number])[]>,
  ): Promise<string> {
    const boot = make('boot-part.img', 'boot-tree', '-t', 'ext4', '-L', 'boot')
    const root = make('root-part.img', 'tree', '-t', 'ext4', '-U', uuid)
    const file = join(folder, name)
    await joinAt(
      file,
      await table(file),
      [
        [boot, sectors.boot * 512],
        [root, sectors.root * 512],
      ],
      1_048_576,
    )
    return file
  }
  const mbr = (...rows: readonly (readonly [type: number, start: number, count: number])[]): Buffer => {
    const sector = Buffer.alloc(512)
    sector.fill(0x90, 0, 16)
    for (const [index, [type, start, count]] of rows.entries()) {
      sector[446 + 16 * index + 4] = type
      sector.writeUInt32LE(start, 446 + 16 * index + 8)
      sector.writeUInt32LE(count, 446 + 16 * index + 12)
    }
    sector.writeUInt16LE(0xaa55, 510)
    return sector
  }
  const size = 24 * 2_048

  test('by MBR: the one with fstab is the root, its /boot is joined, and what is below stays apart', async () => {
    const file = await disk('mbr.img', async () => [[mbr([0x83, sectors.boot, size], [0x83, sectors.root, size]), 0]])
    await using root = asDisposable(await openRoot(file))
    expect(await root.list('/boot')).toEqual(['lost+found', 'vmlinuz-6.1'])
    expect(await root.below?.list('/boot')).toEqual(['below'])
    expect(root.disk).toMatchObject({ table: 'mbr', bootCode: true, problems: [] })
    expect(root.disk?.parts.map((each) => [each.number, each.label, each.uuid === uuid, each.root])).toEqual([
      [1, 'boot', false, false],
      [2, undefined, true, true],
    ])
  })

  test('by MBR with a logical one', async () => {
    const extended = sectors.root - 1_024
    const tables: readonly (readonly [Buffer, number])[] = [
      [mbr([0x83, sectors.boot, size], [0x05, extended, size + 1_024]), 0],
      [mbr([0x83, 1_024, size]), extended * 512],
    ]
    // The gap before the root is where the table of the logical one lies: the boot partition is shorter here.
    await using root = asDisposable(await openRoot(await disk('logical.img', async () => tables)))
    expect(root.disk?.parts.find((each) => each.root)?.number).toBe(5)
  })

  test('by GPT, with names', async () => {
    const head = Buffer.alloc(512)
    head.write('EFI PART', 0, 'latin1')
    head.writeBigUInt64LE(2n, 72)
    head.writeUInt32LE(128, 80)
    head.writeUInt32LE(128, 84)
    const rows = Buffer.alloc(128 * 128)
    for (const [index, [start, name]] of (
      [
        [sectors.boot, 'boot'],
        [sectors.root, 'system'],
      ] as const
    ).entries()) {
      const at = index * 128
      rows.write('af3dc60f838472478e793d69d8477de4', at, 'hex')
      rows.fill(index + 1, at + 16, at + 32)
      rows.writeBigUInt64LE(BigInt(start), at + 32)
      rows.writeBigUInt64LE(BigInt(start + size - 1), at + 40)
      rows.write(name, at + 56, 'utf16le')
    }
    const tables: readonly (readonly [Buffer, number])[] = [
      [mbr([0xee, 1, 0xffffffff]), 0],
      [head, 512],
      [rows, 1_024],
    ]
    await using root = asDisposable(await openRoot(await disk('gpt.img', async () => tables)))
    expect(root.disk?.parts.find((each) => each.root)).toMatchObject({
      number: 2,
      partlabel: 'system',
      partitionType: '0fc63daf-8483-4772-8e79-3d69d8477de4',
      partuuid: '02020202-0202-0202-0202-020202020202',
    })
    expect(await root.list('/boot')).toContain('vmlinuz-6.1')
  })

  test('one of which ends outside of the disk is told, and the others are read', async () => {
    const rows = mbr([0x83, sectors.boot, size], [0x83, sectors.root, size], [0x83, sectors.root, 900_000_000])
    await using root = asDisposable(await openRoot(await disk('outside.img', async () => [[rows, 0]])))
    expect(root.disk?.problems).toEqual([expect.stringContaining('partition 3 ends at byte')])
  })

  test('none of which holds a host is an error that says what they hold', async () => {
    const file = await disk('none.img', async () => [[mbr([0x83, 10, 100], [0x83, sectors.root, 900_000_000]), 0]])
    await expect(openRoot(file)).rejects.toThrow(
      /no partition with an \/etc.*1: nothing known.*partition 2 ends at byte/,
    )
  })

  test.skipIf(!tool('qemu-img'))('is read from a qcow2 image, with compressed clusters and without', async () => {
    const file = await disk('raw.img', async () => [[mbr([0x83, sectors.boot, size], [0x83, sectors.root, size]), 0]])
    for (const flags of [[], ['-c']]) {
      const image = join(folder, 'disk.qcow2')
      execFileSync('qemu-img', ['convert', '-O', 'qcow2', ...flags, file, image])
      await using root = asDisposable(await openRoot(image))
      expect(Buffer.from((await root.read('/etc/large')) ?? []).equals(Buffer.alloc(3_000_000, 'abcdefg'))).toBe(true)
      expect(await root.list('/boot')).toContain('vmlinuz-6.1')
    }
    const above = join(folder, 'above.qcow2')
    execFileSync('qemu-img', ['create', '-f', 'qcow2', '-F', 'raw', '-b', file, above])
    await expect(openRoot(above)).rejects.toMatchObject({
      because: 'unsupported',
      mend: expect.stringContaining('qemu-img convert'),
    })
  })
})

test('random bytes with the marks of a disk are an error of ours within a second', async () => {
  const file = join(folder, 'random.img')
  const bytes = Buffer.alloc(300_000, 0xa5)
  bytes.writeUInt16LE(0xaa55, 510)
  bytes.writeUInt16LE(0xef53, 1_024 + 56)
  await writeFile(file, bytes)
  await expect(readAll(file)).rejects.toMatchObject({ code: 'SEATRIAL_NO_DISK_IMAGE' })
})

async function readAll(image: string): Promise<void> {
  await using root = asDisposable(await openRoot(image))
  for (const path of ['/etc/fstab', '/etc/large', '/etc/many']) await root.read(path)
}

type Opened = Awaited<ReturnType<typeof openRoot>>
function asDisposable(root: Opened): Opened & AsyncDisposable {
  return { ...root, [Symbol.asyncDispose]: async () => root[Symbol.asyncDispose]?.() }
}

/** Puts bytes and files at their places in a new file. */
async function joinAt(
  file: string,
  parts: readonly (readonly [Buffer, number])[],
  files: readonly (readonly [string, number])[],
  more = 0,
): Promise<void> {
  const into = await open(file, 'w')
  let end = 0
  for (const [path, at] of files) {
    const from = await open(path)
    const { buffer, bytesRead } = await from.read(Buffer.alloc(24 * 2 ** 20), 0, 24 * 2 ** 20, 0)
    await into.write(buffer, 0, bytesRead, at)
    await from.close()
    end = at + bytesRead
  }
  for (const [bytes, at] of parts) await into.write(bytes, 0, bytes.length, at)
  await into.truncate(end + more)
  await into.close()
}
