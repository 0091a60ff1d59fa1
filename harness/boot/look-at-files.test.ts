import { execFileSync } from 'node:child_process'
import { chmod, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openRoot } from './root/open.ts'
import type { WholeHost } from './testing/whole-host.ts'
import { initrdWith, wholeHost } from './testing/whole-host.ts'

let host: WholeHost
beforeEach(async () => {
  host = await wholeHost()
})
afterEach(() => host[Symbol.asyncDispose]())

test('a host that is as it should be raises no alarm', async () => {
  const step = await host.look()
  expect(step.unsettled).toBeUndefined()
  expect(step.findings.map(({ sentence }) => sentence)).toEqual([])
  expect(step.looked.length).toBeGreaterThan(40)
})

describe('an archive', () => {
  const archives: string[] = []
  afterEach(() => Promise.all(archives.splice(0).map((file) => rm(file))))
  const archive = (...flags: readonly string[]): string => {
    const file = join(dirname(host.folder), `${basename(host.folder)}.tar`)
    execFileSync('tar', ['-C', host.folder, ...flags, '-cf', file, '.'])
    archives.push(file)
    return file
  }

  test.for([
    ['plain', []],
    ['compressed', ['--gzip']],
  ] as const)('%s of the same host is judged as its folder is', async ([, flags]) => {
    expect(await host.rules(archive(...flags, '--owner=0', '--group=0'))).toEqual([])
    archives.splice(0)
    await host.edit('etc/fstab', 'LABEL=extra', 'LABEL=extar')
    await host.remove('etc/systemd/system/multi-user.target.wants/web.service')
    const file = archive(...flags, '--owner=0', '--group=0')
    expect(await host.rules(file)).toEqual(['boot/fstab-source-unknown', 'boot/service-enabled-not'])
  })

  test('of a host whose users are made at boot is judged as its folder is', async () => {
    await host.edit('etc/passwd', /web:.*\n/, '')
    await host.put('usr/lib/sysusers.d/web.conf', 'u web - "Pages" /srv\n')
    expect(await host.rules()).toEqual([])
    expect(await host.rules(archive('--owner=0', '--group=0'))).toEqual([])
  })

  test('that is cut off is unsettled', async () => {
    const file = archive('--gzip')
    await truncate(file, 1_000)
    expect((await host.look(file)).unsettled?.because).toBe('prerequisite')
  })

  test('that is none is refused as wrong input', async () => {
    await expect(openRoot(join(host.folder, 'etc/fstab'))).rejects.toThrow('a folder with the files of a host')
    await expect(openRoot(join(host.folder, 'nothing'))).rejects.toThrow('which is not there')
  })
})

/** As `lz4 -l` does, of bytes that never repeat: one block, and nothing that was there before. */
function plainLz4(bytes: Buffer): Buffer {
  const more = bytes.length - 15
  const block = Buffer.concat([
    Buffer.from([0xf0, ...Array<number>(Math.floor(more / 255)).fill(255), more % 255]),
    bytes,
  ])
  const head = Buffer.from([0x02, 0x21, 0x4c, 0x18, 0, 0, 0, 0])
  head.writeUInt32LE(block.length, 4)
  return Buffer.concat([head, block])
}

test.each([
  ['gzip', gzipSync],
  ['lz4', plainLz4],
])('an initrd in %s is looked into', async (_, pack) => {
  const initrd = (conf: string): Buffer => initrdWith({ 'etc/mdadm/mdadm.conf': conf }, pack)
  const path = join(host.folder, 'boot/initrd.img-6.1.0-10')
  await writeFile(path, initrd(await readFile(join(host.folder, 'etc/mdadm/mdadm.conf'), 'utf8')))
  expect(await host.rules()).toEqual([])
  await writeFile(path, initrd('ARRAY /dev/md7 UUID=00000000:00000000:00000000:00000000\n'))
  expect(await host.rules()).toContain('boot/initrd-copy-differs')
  const whole = await readFile(path)
  await writeFile(path, whole.subarray(0, -600))
  expect(await host.rules()).toEqual(['boot/kernel-initrd-unreadable'])
})

test('an initrd in a compression that is not read here is unsettled, and what else was found is told', async () => {
  await writeFile(join(host.folder, 'boot/initrd.img-6.1.0-9'), Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]))
  await host.edit('etc/hostname', 'web-1', 'web-2')
  const { unsettled, findings } = await host.look()
  expect(unsettled).toMatchObject({ because: 'unsupported', why: expect.stringContaining('xz') })
  expect(findings.map(({ rule }) => rule)).toEqual(['boot/host-name-other'])
})

test('links are followed inside of the tree, and never out of it', async () => {
  await host.link('etc/fstab', '/../../../../etc/hostname-of-nobody')
  const tree = await openRoot(host.folder)
  expect(await tree.read('/etc/fstab')).toBeUndefined()
  await symlink('loop', join(host.folder, 'loop'))
  expect(await tree.read('/loop')).toBeUndefined()
})

test.skipIf(process.getuid?.() === 0)('a file that may not be read makes the look unsettled, not passed', async () => {
  await chmod(join(host.folder, 'etc/fstab'), 0)
  expect((await host.look()).unsettled?.because).toBe('prerequisite')
})
