import { declaredState } from '../declared.ts'
import type { StaticObservation } from '../boot-check.ts'
import { parseFstab } from '../fstab/parse.ts'
import type { HostFiles, Place } from '../host/host-files.ts'
import { arraysIn } from '../host/mdadm.ts'
import type { Script } from '../host/scripts.ts'
import type { UnitFile, Units } from '../host/units.ts'
import { parseUnit } from '../host/units.ts'
import type { Entry } from '../root/root.ts'

/** What an example gives of a host; the rest is a host with nothing in it. */
export interface Sketch {
  readonly fstab?: string
  readonly declared?: Parameters<typeof declaredState.parse>[0]
  readonly units?: readonly (Partial<UnitFile> & { readonly name: string })[]
  readonly broken?: Units['broken']
  readonly defaultTarget?: string
  readonly crypttab?: HostFiles['crypttab']
  readonly mdadm?: string
  readonly rootLocked?: boolean
  readonly boot?: Partial<HostFiles['boot']>
  readonly embedded?: Readonly<Record<string, number>>
  readonly places?: Readonly<Record<string, Place>>
  /** Small files by path. */
  readonly texts?: Readonly<Record<string, string>>
  /** What stands at paths that are named: its kind and mode, `undefined` for nothing. */
  readonly paths?: Readonly<Record<string, Partial<Entry> | undefined>>
  /** Where links lead. */
  readonly links?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, Script>>
  readonly disk?: HostFiles['disk']
}

const file = (given: Partial<Entry>): Entry => ({ kind: 'file', mode: 0o755, size: 1, modifiedAt: 0, ...given })

/** A unit of an example, from the text of its file. */
export function unit(
  name: string,
  text: string,
  rest: Partial<UnitFile> = { pulledInBy: ['multi-user.target'] },
): Partial<UnitFile> & { readonly name: string } {
  const path = `/etc/systemd/system/${name}`
  return { name, path, ...parseUnit(text, path), ...rest }
}

/** An observation for the examples of a check. */
export function sketch(given: Sketch = {}): StaticObservation {
  const units = (given.units ?? []).map((each): UnitFile => ({
    state: 'loaded',
    directives: [],
    strange: [],
    pulledInBy: [],
    ...each,
  }))
  return {
    declared: declaredState.parse(given.declared ?? {}),
    files: {
      fstab: given.fstab === undefined ? undefined : parseFstab(new TextEncoder().encode(given.fstab)),
      units: {
        byName: new Map(units.map((each) => [each.name, each])),
        defaultTarget: given.defaultTarget ?? 'multi-user.target',
        broken: given.broken ?? [],
      },
      crypttab: given.crypttab ?? [],
      mdadm: given.mdadm === undefined ? undefined : { path: '/etc/mdadm/mdadm.conf', arrays: arraysIn(given.mdadm) },
      rootLocked: given.rootLocked ?? false,
      boot: { kernels: [], initrds: [], entries: undefined, ...given.boot },
      embedded: new Map(Object.entries(given.embedded ?? {})),
      places: new Map(Object.entries(given.places ?? {})),
      texts: new Map(Object.entries(given.texts ?? {})),
      paths: new Map(Object.entries(given.paths ?? {}).map(([path, entry]) => [path, entry && file(entry)])),
      links: new Map(Object.entries(given.links ?? {})),
      scripts: new Map(Object.entries(given.scripts ?? {})),
      disk: given.disk,
    },
  }
}

/** An initrd of an example: its version, when it was written, and small files that it carries; none: unreadable. */
export function initrd(
  version: string,
  texts: Readonly<Record<string, string>> | undefined = {},
  modifiedAt = 1_000,
): HostFiles['boot']['initrds'][number] {
  const read = { content: { paths: new Set(Object.keys(texts)), texts: new Map(Object.entries(texts)) } }
  return { version, path: `/boot/initrd.img-${version}`, modifiedAt, read }
}
