import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { systemClock } from '../../kernel/index.ts'
import type { StepReport } from '../../kernel/index.ts'
import { declaredState } from '../declared.ts'
import { lookAtFiles } from '../look-at-files.ts'
import { openRoot } from '../root/open.ts'

/** A small host as it should be: a root, a data disk, a web server that works on it, a timer. */
const declared = declaredState.parse({
  mounts: [
    { at: '/srv', source: 'UUID=11111111-0000-4000-8000-00000000da7a', type: 'ext4' },
    { at: '/extra', optional: true },
  ],
  disks: [
    { uuid: '00000000-0000-4000-8000-00000000aa07', type: 'ext4' },
    { uuid: '11111111-0000-4000-8000-00000000da7a', type: 'ext4' },
    { label: 'extra', type: 'xfs' },
    { uuid: '22222222-0000-4000-8000-000000005a9e', type: 'swap' },
  ],
  swaps: [{ source: 'UUID=22222222-0000-4000-8000-000000005a9e' }],
  arrays: [{ device: '/dev/md0', uuid: '11:22:33:44' }],
  encrypted: [{ name: 'vault' }],
  services: [{ unit: 'web.service', needs: ['/srv'] }, { unit: 'ssh.service' }],
  timers: ['night.timer'],
  ports: [22, 80],
  kernel: { 'vm.max_map_count': '262144', 'net.netfilter.nf_conntrack_max': '131072' },
  hostname: 'web-1',
})

const files: Readonly<Record<string, string>> = {
  'etc/fstab': [
    '# written by the installer',
    'UUID=00000000-0000-4000-8000-00000000aa07 / ext4 errors=remount-ro 0 1',
    'UUID=11111111-0000-4000-8000-00000000da7a /srv ext4 defaults 0 2',
    'LABEL=extra /extra xfs nofail,x-systemd.device-timeout=10s 0 2',
    'UUID=22222222-0000-4000-8000-000000005a9e none swap sw 0 0',
    '',
  ].join('\n'),
  'etc/shadow': 'root:$y$j9T$salt$hash:19000:0:99999:7:::\n',
  'etc/crypttab': 'vault UUID=33333333-0000-4000-8000-00000000c0de /etc/keys/vault luks\n',
  'etc/keys/vault': 'secret',
  'etc/mdadm/mdadm.conf': 'ARRAY /dev/md0 metadata=1.2 UUID=11:22:33:44\n',
  'boot/vmlinuz-6.1.0-10': 'kernel',
  'boot/vmlinuz-6.1.0-9': 'kernel',
  'boot/grub/grub.cfg': menuOf('6.1.0-10'),
  'usr/lib/systemd/system/web.service':
    '[Unit]\nAfter=network.target\n[Service]\nExecStart=/usr/sbin/web\nUser=web\nEnvironmentFile=/etc/default/web\n',
  'usr/lib/systemd/system/night.timer': '[Timer]\nOnCalendar=daily\n',
  'usr/lib/systemd/system/multi-user.target': '[Unit]\n',
  'usr/lib/systemd/system/rescue.target': '[Unit]\n',
  'usr/lib/systemd/system/night.service': '[Service]\nExecStart=/usr/sbin/web --night\n',
  'usr/lib/systemd/system/ssh.service': '[Service]\nExecStart=/usr/sbin/sshd -D\nRuntimeDirectory=sshd\n',
  'usr/lib/systemd/system/networking.service': '[Service]\nType=oneshot\nExecStart=/usr/sbin/ifup -a\n',
  'usr/lib/systemd/system/nftables.service': '[Service]\nType=oneshot\nExecStart=/usr/sbin/nft -f /etc/nftables.conf\n',
  'usr/lib/systemd/system/local-fs.target': '[Unit]\n',
  'usr/lib/systemd/system/sysinit.target': '[Unit]\nAfter=local-fs.target\nWants=local-fs.target\n',
  'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nweb:x:101:101::/srv:/bin/sh\nsshd:x:102:65534::/run/sshd:/bin/false\n',
  'etc/default/web': 'OPTIONS=\n',
  'etc/default/grub': 'GRUB_DEFAULT=0\nGRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX_DEFAULT="quiet"\n',
  'etc/hostname': 'web-1\n',
  'etc/hosts': '127.0.0.1 localhost\n127.0.1.1 web-1\n',
  'etc/machine-id': '0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d\n',
  'etc/sysctl.d/60-web.conf': 'vm.max_map_count = 262144\n',
  'etc/sysctl.d/61-web.conf': 'net.netfilter.nf_conntrack_max = 131072\n',
  'etc/modules-load.d/web.conf': 'nf_conntrack\n',
  'etc/ssh/sshd_config': 'PermitRootLogin no\nUsePAM yes\n',
  'etc/ssh/ssh_host_ed25519_key': 'secret',
  'etc/network/interfaces': 'auto lo eth0\niface lo inet loopback\niface eth0 inet dhcp\n',
  'etc/nftables.conf': [
    'table inet filter {',
    '  chain input {',
    '    type filter hook input priority 0; policy drop;',
    '    ct state established accept',
    '    tcp dport { 22, 80 } accept',
    '  }',
    '}',
    '',
  ].join('\n'),
  'etc/cron.d/night': '15 3 * * * root /usr/sbin/web --cron\n',
  'etc/systemd/system.conf': '[Manager]\n#DefaultTimeoutStartSec=90s\n',
  'boot/grub/grubenv': '# GRUB Environment Block\n',
  'usr/lib/modules/6.1.0-10/modules.dep': 'kernel/a.ko:\n',
  'usr/lib/modules/6.1.0-9/modules.dep': 'kernel/a.ko:\n',
  'etc/modprobe.d/own.conf': 'blacklist pcspkr\n',
}
export function menuOf(version: string): string {
  return [
    "menuentry 'Debian GNU/Linux' --class debian {",
    `  linux /boot/vmlinuz-${version} root=UUID=00000000-0000-4000-8000-00000000aa07 ro quiet`,
    `  initrd /boot/initrd.img-${version}`,
    '}',
  ].join('\n')
}

/** An initrd as update-initramfs writes it: microcode in front, then one archive, compressed. */
export function initrdWith(
  texts: Readonly<Record<string, string>>,
  pack: (archive: Buffer) => Buffer = zstdCompressSync,
): Buffer {
  const microcode = archiveOf({ 'kernel/x86/microcode/x.bin': 'code' })
  return Buffer.concat([microcode, pack(archiveOf({ init: '#!/bin/sh', ...texts }))])
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
  sbin: 'usr/sbin',
  'etc/systemd/system/default.target': '/usr/lib/systemd/system/multi-user.target',
  'etc/systemd/system/multi-user.target.wants/web.service': '/usr/lib/systemd/system/web.service',
  'etc/systemd/system/multi-user.target.wants/ssh.service': '/usr/lib/systemd/system/ssh.service',
  'etc/systemd/system/multi-user.target.wants/networking.service': '/usr/lib/systemd/system/networking.service',
  'etc/systemd/system/sysinit.target.wants/nftables.service': '/usr/lib/systemd/system/nftables.service',
  'etc/systemd/system/timers.target.wants/night.timer': '/usr/lib/systemd/system/night.timer',
}

const versions = ['6.1.0-10', '6.1.0-9']

/** A whole host in a folder of its own, and what people do to it; disposing removes it. */
export interface WholeHost extends AsyncDisposable {
  readonly folder: string
  readonly put: (path: string, content: string) => Promise<void>
  /** @throws Error when the file stays as it was: such a change tests nothing */
  readonly edit: (path: string, from: string | RegExp, to: string) => Promise<void>
  readonly remove: (path: string) => Promise<void>
  readonly link: (path: string, target: string) => Promise<void>
  readonly mode: (path: string, mode: number) => Promise<void>
  readonly look: (path?: string) => Promise<StepReport>
  /** Rules that were found, each once. */
  readonly rules: (path?: string) => Promise<readonly string[]>
}

/** Makes the host as it should be. */
export async function wholeHost(): Promise<WholeHost> {
  const folder = await mkdtemp(join(tmpdir(), 'seatrial-host-'))
  const at = (path: string): string => join(folder, path)
  const put = async (path: string, content: string): Promise<void> => {
    await mkdir(dirname(at(path)), { recursive: true })
    await writeFile(at(path), content)
  }
  const link = async (path: string, target: string): Promise<void> => {
    await mkdir(dirname(at(path)), { recursive: true })
    await rm(at(path), { force: true })
    await symlink(target, at(path))
  }
  for (const each of ['srv', 'extra', ...versions.map((version) => `usr/lib/modules/${version}`)]) {
    await mkdir(at(each), { recursive: true })
  }
  for (const [path, content] of Object.entries(files)) await put(path, content)
  for (const each of ['web', 'init', 'sshd', 'ifup', 'nft']) {
    await put(`usr/sbin/${each}`, '#!/bin/sh\n')
    await chmod(at(`usr/sbin/${each}`), 0o755)
  }
  await put('bin/sh', '\x7fELF')
  await chmod(at('bin/sh'), 0o755)
  await chmod(folder, 0o755)
  await chmod(at('etc/keys/vault'), 0o400)
  await chmod(at('etc/ssh/ssh_host_ed25519_key'), 0o600)
  for (const version of versions) {
    const conf = { 'etc/mdadm/mdadm.conf': files['etc/mdadm/mdadm.conf'] ?? '' }
    await writeFile(at(`boot/initrd.img-${version}`), initrdWith(conf))
  }
  for (const [path, target] of Object.entries(links)) await link(path, target)
  const look = (path = folder): Promise<StepReport> => {
    const options = { name: 'host', declared, only: [], replay: 'seatrial boot check host', clock: systemClock }
    return lookAtFiles(() => openRoot(path), options)
  }
  return {
    folder,
    put,
    link,
    look,
    remove: (path) => rm(at(path), { recursive: true }),
    mode: (path, mode) => chmod(at(path), mode),
    async edit(path, from, to) {
      const before = await readFile(at(path), 'utf8')
      const after = before.replace(from, to)
      if (after === before) throw new Error(`${path} has no ${String(from)}`)
      await writeFile(at(path), after)
    },
    async rules(path) {
      const step = await look(path)
      if (step.unsettled !== undefined) throw new Error(step.unsettled.why)
      return [...new Set(step.findings.map(({ rule }) => rule))]
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
