import type { Declared } from '../declared.ts'
import type { Fstab } from '../fstab/parse.ts'
import type { DiskFacts, Root } from '../root/root.ts'
import { followed } from '../root/root.ts'
import { rootIsLocked } from './accounts.ts'
import type { Boot } from './kernels.ts'
import { readBoot } from './kernels.ts'
import type { CryptLine } from './crypttab.ts'
import { readCrypttab } from './crypttab.ts'
import type { MdadmConf } from './mdadm.ts'
import { readMdadmConf } from './mdadm.ts'
import type { NamedPaths } from './named-paths.ts'
import { readNamedPaths } from './named-paths.ts'
import { readFstab } from './read-fstab.ts'
import { readEnvironments } from './environments.ts'
import type { Script } from './scripts.ts'
import { readScripts } from './scripts.ts'
import type { Texts } from './texts.ts'
import { readTexts } from './texts.ts'
import type { Units } from './units.ts'
import { readUnits } from './units.ts'

/** What stands where something will be mounted. */
export type Place = 'absent' | 'empty' | 'filled' | 'no folder'

/** What the files of a host say about its next boot, as plain data. */
export interface HostFiles {
  readonly fstab: Fstab | undefined
  readonly units: Units
  readonly crypttab: readonly CryptLine[]
  readonly mdadm: MdadmConf | undefined
  readonly rootLocked: boolean | undefined
  readonly boot: Boot
  /** Milliseconds since the epoch of the files that an initrd carries copies of. */
  readonly embedded: ReadonlyMap<string, number>
  /** Of each mount point of fstab and of the declared state. */
  readonly places: ReadonlyMap<string, Place>
  readonly texts: Texts
  readonly paths: NamedPaths
  /** Of the named paths that are links: where they lead. */
  readonly links: ReadonlyMap<string, string>
  /** Of the programs of units: those that are scripts. */
  readonly scripts: ReadonlyMap<string, Script>
  /** The disk that the tree is on, where it was read from one. */
  readonly disk: DiskFacts | undefined
}

/** Reads a tree of files. @throws SeatrialError `SEATRIAL_UNREADABLE` for what is there and may not be read */
export async function readHost(root: Root, declared: Declared): Promise<HostFiles> {
  const [fstab, units, crypttab, mdadm, rootLocked, boot, texts] = await Promise.all([
    readFstab(root),
    readUnits(root),
    readCrypttab(root),
    readMdadmConf(root),
    rootIsLocked(root),
    readBoot(root),
    readTexts(root),
  ])
  const targets = new Set([...(fstab?.lines.map(({ target }) => target) ?? []), ...declared.mounts.map(({ at }) => at)])
  const places = new Map<string, Place>()
  for (const target of targets)
    if (target.startsWith('/')) places.set(target, await placeOf(root.below ?? root, target))
  const embedded = new Map<string, number>()
  for (const path of ['/etc/crypttab', mdadm?.path, ...crypttab.map(({ keyFile }) => keyFile)]) {
    const entry = path?.startsWith('/') === true ? await root.entry(path) : undefined
    if (path !== undefined && entry !== undefined) embedded.set(path, entry.modifiedAt)
  }
  const { paths, links } = await readNamedPaths(root, units, texts, fstab)
  const facts = { fstab, units, crypttab, mdadm, rootLocked, boot, embedded, places }
  const scripts = await readScripts(root, units)
  return {
    ...facts,
    texts: new Map([...texts, ...(await readEnvironments(root, units))]),
    paths,
    links,
    scripts,
    disk: root.disk,
  }
}

async function placeOf(root: Root, target: string): Promise<Place> {
  // It holds all the others; to list it may mean to fetch it.
  if (target === '/') return 'filled'
  const at = await followed(root, target)
  const entry = at === undefined ? undefined : await root.entry(at)
  if (entry === undefined) return 'absent'
  if (entry.kind !== 'folder') return 'no folder'
  const names = (await root.list(target)).filter((name) => name !== 'lost+found')
  return names.length === 0 ? 'empty' : 'filled'
}
