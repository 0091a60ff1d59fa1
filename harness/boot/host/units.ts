import type { Root } from '../root/root.ts'
import { followed, textAt } from '../root/root.ts'

/** One setting of a unit, with where it stands. */
export interface Directive {
  readonly section: string
  readonly name: string
  readonly value: string
  readonly path: string
  /** Counted from 1. */
  readonly line: number
}

export interface StrangeLine {
  readonly path: string
  readonly line: number
  readonly text: string
}

/** A unit as systemd would load it from these files. */
export interface UnitFile {
  readonly name: string
  /** `masked`: led to /dev/null, or empty. `missing`: named by a link or a drop-in, and there is no file. */
  readonly state: 'loaded' | 'masked' | 'missing'
  /** The file that counts, of those in the search path. */
  readonly path?: string
  /** In the order in which they are read: the file, then its drop-ins. */
  readonly directives: readonly Directive[]
  /** Lines that are no setting, no heading and no comment: systemd passes over them. */
  readonly strange: readonly StrangeLine[]
  /** Units that pull it in by a link in `.wants` or `.requires`. */
  readonly pulledInBy: readonly string[]
}

export interface BrokenLink {
  readonly path: string
  readonly target: string
}

export interface Units {
  readonly byName: ReadonlyMap<string, UnitFile>
  /** Unit that a boot leads to. */
  readonly defaultTarget: string | undefined
  /** Links that enable something and lead nowhere. */
  readonly broken: readonly BrokenLink[]
}

/** Folders with units, the strongest first: systemd.unit(5), "Unit File Load Path" of the system instance. */
const folders = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
]

const isUnit = (name: string): boolean =>
  /\.(?:service|socket|target|mount|automount|swap|timer|path|slice|scope)$/.test(name)

/** Every unit of a host and how they are linked, from files alone; templates count under their own names. */
export async function readUnits(root: Root): Promise<Units> {
  const files = new Map<string, { path: string; masked: boolean }>()
  const dropIns = new Map<string, string[]>()
  const pulled = new Map<string, Set<string>>()
  const broken: BrokenLink[] = []
  const seen = new Set<string>()
  for (const folder of folders) {
    // On a merged /usr the last folder is the one before under another name.
    const real = await followed(root, folder)
    if (real === undefined || seen.has(real)) continue
    seen.add(real)
    for (const name of await root.list(real)) {
      const path = `${real}/${name}`
      if (isUnit(name)) {
        if (!files.has(name)) files.set(name, { path, masked: await isMasked(root, path) })
        const dangling = await danglingAt(root, path)
        if (dangling !== undefined) broken.push(dangling)
      } else if (name.endsWith('.d')) {
        const confs = (await root.list(path)).filter((each) => each.endsWith('.conf'))
        const unit = name.slice(0, -2)
        dropIns.set(unit, [...(dropIns.get(unit) ?? []), ...confs.map((each) => `${path}/${each}`)])
      } else if (/\.(?:wants|requires)$/.test(name)) {
        const by = name.replace(/\.(?:wants|requires)$/, '')
        for (const each of await root.list(path)) {
          pulled.set(each, (pulled.get(each) ?? new Set()).add(by))
          const dangling = await danglingAt(root, `${path}/${each}`)
          if (dangling !== undefined) broken.push(dangling)
        }
      }
    }
  }
  const names = new Set([...files.keys(), ...dropIns.keys(), ...pulled.keys()].filter(isUnit))
  const byName = new Map<string, UnitFile>()
  for (const name of names) {
    const file = files.get(name) ?? files.get(templateOf(name))
    const pulledInBy = [...(pulled.get(name) ?? [])].toSorted()
    if (file === undefined || (await danglingAt(root, file.path)) !== undefined) {
      byName.set(name, { name, state: 'missing', directives: [], strange: [], pulledInBy })
    } else if (file.masked) {
      byName.set(name, { name, state: 'masked', path: file.path, directives: [], strange: [], pulledInBy })
    } else {
      const parts = [file.path, ...sortedByName(dropIns.get(name) ?? [])]
      const read = await Promise.all(parts.map(async (path) => parseUnit((await textAt(root, path)) ?? '', path)))
      const [directives, strange] = [read.flatMap((each) => each.directives), read.flatMap((each) => each.strange)]
      byName.set(name, { name, state: 'loaded', path: file.path, directives, strange, pulledInBy })
    }
  }
  return { byName, defaultTarget: await defaultTargetOf(root), broken }
}

/** `getty@tty1.service` is made from `getty@.service`. */
export function templateOf(name: string): string {
  return name.replace(/@[^.]*\./, '@.')
}

/** Drop-ins are read in the order of their own names, whatever folder they stand in; the strongest folder wins a name. */
function sortedByName(paths: readonly string[]): string[] {
  const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
  const first = new Map<string, string>()
  for (const path of paths) if (!first.has(baseOf(path))) first.set(baseOf(path), path)
  return [...first].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path)
}

async function isMasked(root: Root, path: string): Promise<boolean> {
  const entry = await root.entry(path)
  if (entry?.kind === 'link') return entry.target === '/dev/null'
  return entry?.kind === 'file' && entry.size === 0
}

async function danglingAt(root: Root, path: string): Promise<BrokenLink | undefined> {
  const entry = await root.entry(path)
  if (entry?.kind !== 'link' || entry.target === undefined || entry.target === '/dev/null') return undefined
  const at = await followed(root, path)
  // A link to a template stands for its instance.
  const there = at !== undefined && ((await root.entry(at)) ?? (await root.entry(templateOf(at)))) !== undefined
  return there ? undefined : { path, target: entry.target }
}

/** The settings of a unit file. Source: systemd.syntax(7). */
export function parseUnit(text: string, path: string): Pick<UnitFile, 'directives' | 'strange'> {
  const found: Directive[] = []
  const strange: StrangeLine[] = []
  let section = ''
  let begun: { name: string; value: string; line: number } | undefined
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    // A comment inside a setting that goes on is left out too.
    if (/^[#;]/.test(line) || (begun === undefined && line === '')) continue
    const [, heading] = begun === undefined ? (/^\[(.+)\]$/.exec(line) ?? []) : []
    if (heading !== undefined) {
      section = heading
      continue
    }
    const at = line.indexOf('=')
    if (begun === undefined && (at < 0 || section === '')) {
      strange.push({ path, line: index + 1, text: line.slice(0, 200) })
      continue
    }
    const part =
      begun === undefined
        ? { name: line.slice(0, at).trim(), value: line.slice(at + 1).trim(), line: index + 1 }
        : { ...begun, value: `${begun.value} ${line}` }
    begun = part.value.endsWith('\\') ? { ...part, value: part.value.slice(0, -1).trim() } : undefined
    if (begun === undefined) found.push({ section, path, ...part })
  }
  // systemd takes a setting whose last line promises another one as it is.
  if (begun !== undefined) found.push({ section, path, ...begun })
  return { directives: found, strange }
}

async function defaultTargetOf(root: Root): Promise<string | undefined> {
  for (const folder of folders) {
    const entry = await root.entry(`${folder}/default.target`)
    if (entry?.target !== undefined) return entry.target.slice(entry.target.lastIndexOf('/') + 1)
  }
  return undefined
}

/** The values of a setting as they count: an empty one forgets what stood before. */
export function valuesOf(unit: UnitFile, section: string, name: string): readonly Directive[] {
  const all = unit.directives.filter((each) => each.section === section && each.name === name)
  const lastEmpty = all.findLastIndex(({ value }) => value === '')
  return all.slice(lastEmpty + 1)
}
