import type { Root } from '../root/root.ts'
import { textAt } from '../root/root.ts'
import type { ReadInitrd } from './initrd.ts'
import { readInitrd } from './initrd.ts'

export interface Initrd {
  readonly version: string
  readonly path: string
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number
  readonly read: ReadInitrd
}

/** A way to boot that GRUB offers. */
export interface BootEntry {
  readonly title: string
  /** Path as GRUB sees it: below /boot where that is a file system of its own. */
  readonly linux: string
  readonly initrd: string | undefined
  readonly arguments: readonly string[]
  /** In grub.cfg, counted from 1. */
  readonly line: number
}

/** What can be booted, as /boot and GRUB have it. */
export interface Boot {
  /** Versions of the kernels in /boot, the newest first. */
  readonly kernels: readonly string[]
  /** Of these, those whose file has no byte. */
  readonly empty?: readonly string[]
  readonly initrds: readonly Initrd[]
  /** Undefined where there is no grub.cfg. */
  readonly entries: readonly BootEntry[] | undefined
}

/** Kernels, initrds and the boot menu of a tree; all empty of a container, which boots nothing. */
export async function readBoot(root: Root): Promise<Boot> {
  const names = await root.list('/boot')
  const versionsOf = (prefix: string): string[] =>
    names
      .filter((name) => name.startsWith(prefix) && !/\.(?:old|bak|dpkg-\w+)$/.test(name))
      .map((name) => name.slice(prefix.length))
  const kernels = versionsOf('vmlinuz-').toSorted((a, b) => compareVersions(b, a))
  const sizes = await Promise.all(kernels.map((version) => root.entry(`/boot/vmlinuz-${version}`)))
  const empty = kernels.filter((_, index) => sizes[index]?.kind === 'file' && sizes[index]?.size === 0)
  const initrds: Initrd[] = []
  for (const version of versionsOf('initrd.img-')) {
    const path = `/boot/initrd.img-${version}`
    const [entry, bytes] = [await root.entry(path), await root.read(path)]
    const read: ReadInitrd = bytes === undefined ? { unreadable: 'it is no file' } : await readInitrd(bytes)
    initrds.push({ version, path, modifiedAt: entry?.modifiedAt ?? 0, read })
  }
  const menu = await textAt(root, '/boot/grub/grub.cfg')
  return { kernels, empty, initrds, entries: menu === undefined ? undefined : entriesIn(menu) }
}

/** The entries of a grub.cfg in their order, those of submenus among them. */
function entriesIn(text: string): BootEntry[] {
  const found: BootEntry[] = []
  let open: { title: string; line: number; linux?: string; args?: readonly string[] } | undefined
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    const [, quoted, bare] = /^menuentry\s+(?:'([^']*)'|"([^"]*)")/.exec(line) ?? []
    const [word, path, ...args] = line.split(/\s+/)
    if (quoted !== undefined || bare !== undefined) open = { title: quoted ?? bare ?? '', line: index + 1 }
    else if (open !== undefined && /^linux(?:16|efi)?$/.test(word ?? '') && path !== undefined) {
      open = { ...open, linux: path, args }
    } else if (open?.linux !== undefined && /^(?:initrd(?:16|efi)?|\})$/.test(word ?? '')) {
      const initrd = word === '}' ? undefined : [path ?? '', ...args].findLast((each) => !each.includes('ucode'))
      found.push({ title: open.title, line: open.line, linux: open.linux, arguments: open.args ?? [], initrd })
      open = undefined
    }
  }
  return found
}

/** Versions as people count: 6.1.0-10 is newer than 6.1.0-9. */
function compareVersions(a: string, b: string): number {
  const parts = (version: string): string[] => version.match(/\d+|[^\d]+/g) ?? []
  const [own, other] = [parts(a), parts(b)]
  for (let index = 0; index < Math.max(own.length, other.length); index++) {
    const [x = '', y = ''] = [own[index], other[index]]
    if (x === y) continue
    const numbers = /^\d/.test(x) && /^\d/.test(y)
    return numbers ? Number(x) - Number(y) : x < y ? -1 : 1
  }
  return 0
}
