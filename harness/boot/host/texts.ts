import type { Root } from '../root/root.ts'
import { textAt } from '../root/root.ts'

/** What small files say, by their paths. */
export type Texts = ReadonlyMap<string, string>

const files = [
  '/etc/hostname',
  '/etc/hosts',
  '/etc/machine-id',
  '/etc/nologin',
  '/etc/passwd',
  '/etc/group',
  '/etc/default/grub',
  '/boot/grub/grub.cfg',
  '/boot/grub/grubenv',
  '/etc/initramfs-tools/modules',
  '/etc/initramfs-tools/conf.d/resume',
  '/etc/modules',
  '/etc/sysctl.conf',
  '/etc/ssh/sshd_config',
  '/etc/network/interfaces',
  '/etc/nftables.conf',
  '/etc/iptables/rules.v4',
  '/etc/iptables/rules.v6',
  '/etc/crontab',
  '/etc/lvm/lvm.conf',
  '/etc/systemd/system.conf',
]
const folders = [
  '/etc/default/grub.d',
  '/etc/modprobe.d',
  '/usr/lib/modprobe.d',
  '/lib/modprobe.d',
  '/etc/modules-load.d',
  '/etc/udev/rules.d',
  '/usr/lib/modules-load.d',
  '/etc/sysctl.d',
  '/run/sysctl.d',
  '/usr/local/lib/sysctl.d',
  '/usr/lib/sysctl.d',
  '/lib/sysctl.d',
  '/usr/lib/sysusers.d',
  '/etc/sysusers.d',
  '/usr/lib/tmpfiles.d',
  '/etc/tmpfiles.d',
  '/etc/ssh/sshd_config.d',
  '/etc/network/interfaces.d',
  '/etc/netplan',
  '/etc/systemd/network',
  '/etc/cron.d',
  '/etc/systemd/system.conf.d',
]

/** Reads the small files that checks judge; those that are not there are left out. */
export async function readTexts(root: Root): Promise<Texts> {
  const inside = await Promise.all(
    folders.map(async (folder) => (await root.list(folder)).map((name) => `${folder}/${name}`)),
  )
  const kernels = (await root.list('/boot')).filter((name) => name.startsWith('vmlinuz-'))
  const built = kernels.map((name) => `/lib/modules/${name.replace('vmlinuz-', '')}/modules.builtin`)
  return textsAt(root, [...files, ...built, ...inside.flat()])
}

/** Files as texts, by their paths; those that are not there are left out. */
export async function textsAt(root: Root, paths: Iterable<string>): Promise<Texts> {
  const found = await Promise.all([...paths].map(async (path) => [path, await textAt(root, path)] as const))
  return new Map(found.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])))
}

/** One line of a file that is no comment and not empty. */
export interface TextLine {
  readonly path: string
  /** Counted from 1. */
  readonly line: number
  readonly text: string
}

/** The lines of a file that say something; empty when it is not there. */
export function linesOf(texts: Texts, path: string, comment: RegExp = /^[#;]/): readonly TextLine[] {
  return (texts.get(path) ?? '').split('\n').flatMap((raw, index) => {
    const text = raw.trim()
    return text === '' || comment.test(text) ? [] : [{ path, line: index + 1, text }]
  })
}

/**
 * Files with an ending in folders that stand for one another, the strongest folder first: a name counts once, and all are
 * read in the order of their names. So it is with sysctl.d, modprobe.d, tmpfiles.d and the like.
 */
export function fragments(texts: Texts, strongestFirst: readonly string[], ending = '.conf'): readonly string[] {
  const first = new Map<string, string>()
  for (const folder of strongestFirst) {
    for (const path of texts.keys()) {
      const name = path.slice(path.lastIndexOf('/') + 1)
      if (path === `${folder}/${name}` && name.endsWith(ending) && !first.has(name)) first.set(name, path)
    }
  }
  return [...first].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path)
}
