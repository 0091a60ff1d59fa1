import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { zstdCompressSync } from 'node:zlib'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../kernel/index.ts'
import { declaredState } from './declared.ts'
import { lookAtFiles } from './look-at-files.ts'
import { openRoot } from './root/open.ts'

/** A small host as it should be: a root, a data disk, a web server that works on it, a timer. */
const declared = declaredState.parse({
  mounts: [
    { at: '/srv', source: 'UUID=da-7a', type: 'ext4' },
    { at: '/extra', optional: true },
  ],
  disks: [
    { uuid: 'r0-07', type: 'ext4' },
    { uuid: 'da-7a', type: 'ext4' },
    { label: 'extra', type: 'xfs' },
    { uuid: '5a-9e', type: 'swap' },
  ],
  swaps: [{ source: 'UUID=5a-9e' }],
  arrays: [{ device: '/dev/md0', uuid: '11:22:33:44' }],
  encrypted: [{ name: 'vault' }],
  services: [{ unit: 'web.service', needs: ['/srv'] }],
  timers: ['night.timer'],
})

const files: Readonly<Record<string, string>> = {
  'etc/fstab': [
    '# written by the installer',
    'UUID=r0-07 / ext4 errors=remount-ro 0 1',
    'UUID=da-7a /srv ext4 defaults 0 2',
    'LABEL=extra /extra xfs nofail,x-systemd.device-timeout=10s 0 2',
    'UUID=5a-9e none swap sw 0 0',
    '',
  ].join('\n'),
  'etc/shadow': 'root:$y$j9T$salt$hash:19000:0:99999:7:::\n',
  'etc/crypttab': 'vault UUID=c0-de /etc/keys/vault luks\n',
  'etc/keys/vault': 'secret',
  'etc/mdadm/mdadm.conf': 'ARRAY /dev/md0 metadata=1.2 UUID=11:22:33:44\n',
  'boot/vmlinuz-6.1.0-10': 'kernel',
  'boot/vmlinuz-6.1.0-9': 'kernel',
  'boot/grub/grub.cfg': menuOf('6.1.0-10'),
  'usr/lib/systemd/system/web.service': '[Unit]\nAfter=network.target\n[Service]\nExecStart=/usr/sbin/web\n',
  'usr/lib/systemd/system/night.timer': '[Timer]\nOnCalendar=daily\n',
  'usr/lib/systemd/system/multi-user.target': '[Unit]\n',
  'usr/lib/systemd/system/rescue.target': '[Unit]\n',
}
function menuOf(version: string): string {
  return [
    "menuentry 'Debian GNU/Linux' --class debian {",
    `  linux /boot/vmlinuz-${version} root=UUID=r0-07 ro quiet`,
    `  initrd /boot/initrd.img-${version}`,
    '}',
  ].join('\n')
}

/** An initrd as update-initramfs writes it: microcode in front, then one archive, compressed. */
function initrdWith(texts: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat([
    archiveOf({ 'kernel/x86/microcode/x.bin': 'code' }),
    zstdCompressSync(archiveOf({ init: '#!/bin/sh', ...texts })),
  ])
}

function archiveOf(texts: Readonly<Record<string, string>>): Buffer {
  const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
  const parts = [...Object.entries(texts), ['TRAILER!!!', ''] as const].map(([path, text]) => {
    const [name, content] = [Buffer.from(`${path}\0`), Buffer.from(text)]
    const numbers = [1, 0o100644, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length, 0]
    const head = `070701${numbers.map((each) => each.toString(16).padStart(8, '0')).join('')}`
    return Buffer.concat([padded(Buffer.concat([Buffer.from(head), name])), padded(content)])
  })
  return Buffer.concat([...parts, Buffer.alloc(512)])
}

const links: Readonly<Record<string, string>> = {
  lib: 'usr/lib',
  'etc/systemd/system/default.target': '/usr/lib/systemd/system/multi-user.target',
  'etc/systemd/system/multi-user.target.wants/web.service': '/usr/lib/systemd/system/web.service',
  'etc/systemd/system/timers.target.wants/night.timer': '/usr/lib/systemd/system/night.timer',
}

const all = await mkdtemp(join(tmpdir(), 'seatrial-boot-'))
afterAll(() => rm(all, { recursive: true, force: true }))
let root = ''

beforeEach(async () => {
  root = await mkdtemp(join(all, 'host-'))
  for (const folder of ['srv', 'extra']) await mkdir(join(root, folder), { recursive: true })
  for (const [path, content] of Object.entries(files)) await put(path, content)
  await chmod(join(root, 'etc/keys/vault'), 0o400)
  for (const version of ['6.1.0-10', '6.1.0-9']) {
    await writeFile(
      join(root, `boot/initrd.img-${version}`),
      initrdWith({ 'etc/mdadm/mdadm.conf': files['etc/mdadm/mdadm.conf'] ?? '' }),
    )
  }
  for (const [path, target] of Object.entries(links)) {
    await mkdir(join(root, dirname(path)), { recursive: true })
    await symlink(target, join(root, path))
  }
})

async function put(path: string, content: string): Promise<void> {
  await mkdir(join(root, dirname(path)), { recursive: true })
  await writeFile(join(root, path), content)
}

async function edit(path: string, from: string | RegExp, to: string): Promise<void> {
  const before = await readFile(join(root, path), 'utf8')
  const after = before.replace(from, to)
  expect(after, `${path} has ${String(from)}`).not.toBe(before)
  await writeFile(join(root, path), after)
}

async function rulesFound(path = root): Promise<readonly string[]> {
  const options = { name: 'host', declared, only: [], replay: 'seatrial boot check host', clock: systemClock }
  const step = await lookAtFiles(() => openRoot(path), options)
  expect(step.unsettled).toBeUndefined()
  expect(step.looked.length).toBeGreaterThan(10)
  return [...new Set(step.findings.map(({ rule }) => rule))]
}

test('a host that is as it should be raises no alarm', async () => {
  expect(await rulesFound()).toEqual([])
})

type Mutation = readonly [what: string, change: () => Promise<unknown>, rule: string]
const fstab = 'etc/fstab'

/** One change a host, as people make them, and the rule that must name it. */
const mutations: readonly Mutation[] = [
  ['the line of a mount is lost', () => edit(fstab, /^UUID=da-7a.*\n/m, ''), 'boot/mount-declared-absent'],
  ['a line is appended twice', () => edit(fstab, /^(UUID=da-7a.*\n)/m, '$1$1'), 'boot/mount-declared-twice'],
  ['noauto', () => edit(fstab, 'defaults', 'defaults,noauto'), 'boot/mount-declared-noauto'],
  ['one digit of the UUID', () => edit(fstab, 'da-7a', 'da-7b'), 'boot/fstab-source-unknown'],
  ['the kernel name of a disk', () => edit(fstab, 'UUID=da-7a', '/dev/vdb1'), 'boot/fstab-source-unstable'],
  ['a type that is misspelt', () => edit(fstab, '/srv ext4', '/srv ext5'), 'boot/fstab-type-unknown'],
  ['another type than on the disk', () => edit(fstab, '/srv ext4', '/srv xfs'), 'boot/fstab-type-other'],
  ['a line cut to two fields', () => edit(fstab, '/srv ext4 defaults 0 2', '/srv'), 'boot/fstab-syntax-wrong'],
  ['an x-systemd option misspelt', () => edit(fstab, 'device-timeout', 'device-timout'), 'boot/fstab-option-unknown'],
  ['an optional disk without nofail', () => edit(fstab, 'nofail,', ''), 'boot/mount-optional-stops'],
  ['a needed disk with nofail', () => edit(fstab, 'defaults', 'defaults,nofail'), 'boot/mount-optional-silent'],
  ['a file below a mount', () => put('srv/left-behind', 'x'), 'boot/mount-point-hides'],
  ['no folder to mount at', () => rm(join(root, 'extra'), { recursive: true }), 'boot/mount-point-absent'],
  ['the data disk checked first', () => edit(fstab, 'defaults 0 2', 'defaults 0 1'), 'boot/fstab-fsck-order'],
  ['a mount point twice', () => edit(fstab, /$/, 'LABEL=extra /srv xfs nofail 0 2\n'), 'boot/fstab-order-twice'],
  [
    'the network without _netdev',
    () => edit(fstab, /$/, 'nas:/x /extra/x nfs nofail 0 0\n'),
    'boot/fstab-network-early',
  ],
  ['root locked', () => edit('etc/shadow', /root:[^:]*/, 'root:*'), 'boot/emergency-console-locked'],
  [
    'a service disabled',
    () => rm(join(root, 'etc/systemd/system/multi-user.target.wants/web.service')),
    'boot/service-enabled-not',
  ],
  [
    'a service masked',
    () => symlink('/dev/null', join(root, 'etc/systemd/system/web.service')),
    'boot/service-enabled-masked',
  ],
  [
    'a timer disabled',
    () => rm(join(root, 'etc/systemd/system/timers.target.wants/night.timer')),
    'boot/service-enabled-not',
  ],
  [
    'a drop-in with a second ExecStart',
    () => put('etc/systemd/system/web.service.d/own.conf', '[Service]\nExecStart=/usr/sbin/other\n'),
    'boot/service-loads-not',
  ],
  [
    'a unit deleted, and its link left',
    () => rm(join(root, 'usr/lib/systemd/system/web.service')),
    'boot/unit-link-broken',
  ],
  ['no ARRAY line', () => edit('etc/mdadm/mdadm.conf', /^ARRAY.*/, ''), 'boot/array-line-absent'],
  ['an ARRAY line with another UUID', () => edit('etc/mdadm/mdadm.conf', '44', '45'), 'boot/array-line-other'],
  [
    'mdadm.conf changed, and no new initrd',
    () => edit('etc/mdadm/mdadm.conf', 'md0', 'md/0'),
    'boot/initrd-copy-differs',
  ],
  [
    'crypttab changed, and no new initrd',
    () => utimes(join(root, 'etc/crypttab'), 4_000_000_000, 4_000_000_000),
    'boot/initrd-copy-older',
  ],
  [
    'the initrd of the newest kernel deleted',
    () => rm(join(root, 'boot/initrd.img-6.1.0-10')),
    'boot/kernel-initrd-absent',
  ],
  [
    'an initrd that was cut off',
    () => truncate(join(root, 'boot/initrd.img-6.1.0-10'), 300),
    'boot/kernel-initrd-unreadable',
  ],
  [
    'a boot menu of the kernel before',
    () => put('boot/grub/grub.cfg', menuOf('6.1.0-9')),
    'boot/kernel-initrd-stale-menu',
  ],
  ['another root in fstab', () => edit(fstab, 'r0-07', 'r0-08'), 'boot/root-line-differs'],
  ['a key that others read', () => chmod(join(root, 'etc/keys/vault'), 0o644), 'boot/crypttab-key-open'],
  ['a key that is not there', () => rm(join(root, 'etc/keys/vault')), 'boot/crypttab-key-absent'],
  ['no line for an encrypted volume', () => put('etc/crypttab', '# none\n'), 'boot/crypttab-key-line'],
  ['no line for swap', () => edit(fstab, /^UUID=5a.*\n/m, ''), 'boot/swap-declared-absent'],
  [
    'the default target left in rescue',
    async () => {
      await rm(join(root, 'etc/systemd/system/default.target'))
      await symlink('/usr/lib/systemd/system/rescue.target', join(root, 'etc/systemd/system/default.target'))
    },
    'boot/default-target-other',
  ],
]

test.for(mutations)('%s is named', async ([, change, rule]) => {
  await change()
  expect(await rulesFound()).toContain(rule)
})

describe('an archive', () => {
  const archive = (...flags: readonly string[]): string => {
    const file = join(all, `${basename(root)}.tar`)
    execFileSync('tar', ['-C', root, ...flags, '-cf', file, '.'])
    return file
  }

  test.for([
    ['plain', []],
    ['compressed', ['--gzip']],
  ] as const)('%s of the same host is judged as its folder is', async ([, flags]) => {
    expect(await rulesFound(archive(...flags))).toEqual([])
    await edit(fstab, 'da-7a', 'da-7b')
    await rm(join(root, 'etc/systemd/system/multi-user.target.wants/web.service'))
    expect(await rulesFound(archive(...flags))).toEqual(['boot/fstab-source-unknown', 'boot/service-enabled-not'])
  })

  test('that is cut off is unsettled', async () => {
    const file = archive('--gzip')
    await truncate(file, 1_000)
    const options = { name: 'host', declared, only: [], replay: 'seatrial boot check host', clock: systemClock }
    expect((await lookAtFiles(() => openRoot(file), options)).unsettled?.because).toBe('prerequisite')
  })

  test('that is none is refused as wrong input', async () => {
    await expect(openRoot(join(root, 'etc/fstab'))).rejects.toThrow(
      'a folder with the files of a host, or a tar archive',
    )
    await expect(openRoot(join(root, 'nothing'))).rejects.toThrow('which is not there')
  })
})

test('an initrd in a compression that is not read here is unsettled, and what else was found is told', async () => {
  await writeFile(join(root, 'boot/initrd.img-6.1.0-9'), Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]))
  const options = { name: 'host', declared, only: [], replay: 'seatrial boot check host', clock: systemClock }
  const step = await lookAtFiles(() => openRoot(root), options)
  expect(step.unsettled).toMatchObject({ because: 'unsupported', why: expect.stringContaining('xz') })
})

test('links are followed inside of the tree, and never out of it', async () => {
  await rm(join(root, 'etc/fstab'))
  await symlink('/../../../../etc/hostname', join(root, 'etc/fstab'))
  const tree = await openRoot(root)
  expect(await tree.read('/etc/fstab')).toBeUndefined()
  await symlink('loop', join(root, 'loop'))
  expect(await tree.read('/loop')).toBeUndefined()
})

test.skipIf(process.getuid?.() === 0)('a file that may not be read makes the look unsettled, not passed', async () => {
  await chmod(join(root, 'etc/fstab'), 0)
  const options = { name: 'host', declared, only: [], replay: 'seatrial boot check host', clock: systemClock }
  const step = await lookAtFiles(() => openRoot(root), options)
  expect(step.unsettled?.because).toBe('prerequisite')
})
