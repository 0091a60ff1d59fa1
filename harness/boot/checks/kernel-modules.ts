import { rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import { chosenEntry, defaultArguments } from '../host/grub.ts'
import { loadedAtBoot, moduleName } from '../host/modules.ts'
import { fragments, linesOf } from '../host/texts.ts'
import { modprobeManual } from '../references.ts'
import { initrd, sketch } from '../testing/observed.ts'

export const kernelModulesAbsent = rule({
  id: 'boot/kernel-modules-absent',
  level: 'error',
  reference: modprobeManual,
  says: ({ version }: { version: string }) =>
    `The kernel ${version} can be booted, and there is no /lib/modules/${version} with a list of modules.`,
  wants: 'Each kernel has its modules: without them there is no network and no file system but the root.',
  remedy: 'Install its package again, or remove the kernel and update-grub.',
})

export const kernelModulesBarred = rule({
  id: 'boot/kernel-modules-barred',
  level: 'error',
  reference: modprobeManual,
  says: ({ module, where, why }: { module: string; where: string; why: string }) =>
    `${where} keeps the module ${module} from being loaded, and ${why}.`,
  wants: 'Nothing that the host needs is barred.',
  remedy: 'Take the line away, then update-initramfs -u.',
})

export const kernelModulesMissing = rule({
  id: 'boot/kernel-modules-missing',
  level: 'error',
  reference: modprobeManual,
  says: ({ initrd: path, what, why }: { initrd: string; what: string; why: string }) =>
    `${path} has no ${what}, and ${why}: the root is not found.`,
  wants: 'An initrd that carries what the root needs.',
  remedy: 'Install the package, list the module in /etc/initramfs-tools/modules, then update-initramfs -u -k all.',
})

const disks = ['virtio_blk', 'virtio_pci', 'virtio_scsi', 'nvme', 'ahci', 'sd_mod', 'xen_blkfront', 'mmc_block']
const network = [
  'virtio_net',
  'xen_netfront',
  'ena',
  'e1000',
  'e1000e',
  'vmxnet3',
  'hv_netvsc',
  'igb',
  'ixgbe',
  'r8169',
]

/** Modules: there for each kernel, not barred, and in the initrd as far as the root needs them. */
export const kernelModules = staticCheck({
  id: 'boot/kernel-modules',
  rules: [kernelModulesAbsent, kernelModulesBarred, kernelModulesMissing],
  *run({ files, declared }) {
    const { boot, paths, texts } = files
    const known = [...paths.keys()].some((path) => path.startsWith('/lib/modules/'))
    for (const version of boot.kernels) {
      const [own, list] = [`/lib/modules/${version}`, `/lib/modules/${version}/modules.dep`]
      const none = paths.get(own) === undefined || (paths.has(list) && paths.get(list) === undefined)
      if ((known || paths.has('/sbin/init')) && none) {
        yield kernelModulesAbsent.at(`/boot/vmlinuz-${version}`, { version })
      }
    }
    const needed = new Map(needs(files, declared))
    for (const { module, where } of [...barredIn(texts), ...barredBy(files)]) {
      const why = needed.get(module)
      if (why !== undefined) yield kernelModulesBarred.at(where, { module, where, why })
    }
    for (const { path, read } of boot.initrds) {
      if (!('content' in read)) continue
      const names = [...read.content.paths]
      // An initrd without any module is of a kernel that has all built in.
      if (!names.some((each) => each.endsWith('.ko') || /\.ko\.(?:xz|zst|gz)$/.test(each))) continue
      for (const { what, pattern, why } of carried(files)) {
        if (!names.some((each) => pattern.test(each))) yield kernelModulesMissing.at(path, { initrd: path, what, why })
      }
    }
  },
  examples: [
    { title: 'a container', given: sketch(), yields: [] },
    {
      title: 'modules for each kernel, and a barred one that nobody needs',
      given: sketch({
        boot: { kernels: ['6.1'] },
        paths: { '/lib/modules/6.1': { kind: 'folder' } },
        texts: { '/etc/modprobe.d/a.conf': 'blacklist pcspkr\ninstall cramfs /bin/false\n' },
      }),
      yields: [],
    },
    {
      title: 'a kernel without modules',
      given: sketch({ boot: { kernels: ['6.2'] }, paths: { '/lib/modules/6.1': { kind: 'folder' } } }),
      yields: [kernelModulesAbsent],
    },
    {
      title: 'the file system of a disk is barred',
      given: sketch({
        fstab: 'LABEL=a /a xfs rw 0 2\n',
        texts: { '/etc/modprobe.d/a.conf': 'install xfs /bin/true\n' },
      }),
      yields: [kernelModulesBarred],
    },
    {
      title: 'what a file wants loaded is barred by another',
      given: sketch({
        texts: {
          '/etc/modules-load.d/own.conf': '# for the firewall\nnf_conntrack\n',
          '/etc/modprobe.d/a.conf': 'install nf-conntrack /bin/false\n',
        },
      }),
      yields: [kernelModulesBarred],
    },
    {
      title: 'an encrypted root, and an initrd that cannot open it',
      given: sketch({
        fstab: '/dev/mapper/vault / ext4 rw 0 1\n',
        crypttab: [{ line: 1, text: '', name: 'vault', source: 'x', keyFile: undefined, options: [], key: undefined }],
        boot: {
          initrds: [initrd('6.1', { 'usr/lib/modules/6.1/virtio_blk.ko': '', 'usr/lib/modules/6.1/dm-crypt.ko': '' })],
        },
      }),
      yields: [kernelModulesMissing],
    },
  ],
})

type Files = StaticObservation['files']

function* needs(files: Files, declared: StaticObservation['declared']): Generator<readonly [string, string]> {
  const { fstab, crypttab, boot, texts } = files
  for (const { line, type } of fstab?.lines ?? []) {
    const module = { vfat: 'vfat', nfs4: 'nfs', smb3: 'cifs' }[type] ?? type
    if (/^[a-z]\w+$/.test(module) && !['auto', 'none', 'swap', 'proc', 'tmpfs'].includes(module)) {
      yield [module, `line ${line} of /etc/fstab needs it`]
    }
  }
  for (const [module, { path, line }] of loadedAtBoot(texts)) yield [module, `${path}:${line} wants it loaded`]
  if (crypttab.length > 0) for (const each of ['dm_crypt', 'dm_mod']) yield [each, '/etc/crypttab needs it']
  const arrays = declared.arrays.length > 0 || (fstab?.lines ?? []).some(({ spec }) => spec.startsWith('/dev/md'))
  if (arrays) for (const each of ['md_mod', 'raid0', 'raid1', 'raid10', 'raid456']) yield [each, 'an array may need it']
  if (boot.kernels.length > 0) {
    for (const each of disks) yield [each, 'the disks of many machines need it']
    for (const each of network) yield [each, 'the network of many machines needs it']
  }
}

function* carried({
  fstab,
  crypttab,
}: Files): Generator<{ readonly what: string; readonly pattern: RegExp; readonly why: string }> {
  const root = fstab?.lines.find(({ target }) => target === '/')?.spec ?? ''
  if (crypttab.some(({ name }) => root === `/dev/mapper/${name}`)) {
    yield { what: 'cryptsetup', pattern: /bin\/cryptsetup$|systemd-cryptsetup$/, why: 'the root is encrypted' }
    yield { what: 'module dm-crypt', pattern: /\/dm-crypt\.ko/, why: 'the root is encrypted' }
  }
  if (root.startsWith('/dev/md')) yield { what: 'mdadm', pattern: /bin\/mdadm$/, why: 'the root is an array' }
}

/** What the command line keeps from being loaded. */
function barredBy(files: Files): readonly { readonly module: string; readonly where: string }[] {
  const entry = chosenEntry(files)
  const menu = entry === undefined ? [] : [{ where: `/boot/grub/grub.cfg:${entry.line}`, words: entry.arguments }]
  return [...menu, ...defaultArguments(files.texts)].flatMap(({ where, words }) =>
    words.flatMap((word) => {
      const [, names = ''] = /^(?:modprobe\.blacklist|module_blacklist|rd\.driver\.blacklist)=(.+)$/.exec(word) ?? []
      return names === '' ? [] : names.split(',').map((module) => ({ module: moduleName(module), where }))
    }),
  )
}

/** A module that is blacklisted, or whose loading is replaced by nothing; names are the same with - and _. */
function barredIn(texts: Files['texts']): readonly { readonly module: string; readonly where: string }[] {
  const paths = fragments(texts, ['/etc/modprobe.d', '/usr/lib/modprobe.d', '/lib/modprobe.d'])
  return paths
    .flatMap((path) => linesOf(texts, path, /^#/))
    .flatMap(({ path, line, text }) => {
      const [, listed] = /^blacklist\s+(\S+)$/.exec(text) ?? []
      const [, replaced] = /^install\s+(\S+)\s+(?:\/usr)?\/bin\/(?:true|false)\b/.exec(text) ?? []
      const module = listed ?? replaced
      return module === undefined ? [] : [{ module: moduleName(module), where: `${path}:${line}` }]
    })
}
