import type { UnitFile, Units } from './units.ts'
import { valuesOf } from './units.ts'

/** Units that start the unit of the same name: systemd.socket(5), systemd.timer(5), systemd.path(5). */
const starters = ['socket', 'timer', 'path']
/** What every boot reaches, whatever it leads to: systemd.special(7). */
const always = [
  'basic.target sysinit.target sockets.target timers.target paths.target slices.target local-fs.target swap.target',
  'local-fs-pre.target cryptsetup.target veritysetup.target integritysetup.target sysinit.target systemd-udevd.service',
  'remote-fs.target remote-cryptsetup.target systemd-journald.service dbus.service',
].flatMap((names) => names.split(' '))
const graphical = ['multi-user.target', 'display-manager.service']

const known = new WeakMap<Units, ReadonlySet<string>>()

/** Every unit that a boot starts, from its default target by links and settings. */
export function startedUnits(units: Units): ReadonlySet<string> {
  const before = known.get(units)
  if (before !== undefined) return before
  const wants = new Map<string, string[]>()
  const add = (by: string, name: string): void => void wants.set(by, [...(wants.get(by) ?? []), name])
  for (const unit of units.byName.values()) {
    for (const by of unit.pulledInBy) add(by, unit.name)
    for (const name of pulledBy(unit)) add(unit.name, name)
  }
  const target = units.defaultTarget ?? 'graphical.target'
  const found = new Set<string>()
  const open = ['default.target', target, ...(target === 'graphical.target' ? graphical : []), ...always]
  // Rescue and emergency mode come before the ordinary targets, and reach less.
  if (!/^(?:rescue|emergency)\.target$/.test(target)) open.push('getty.target')
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name) || units.byName.get(name)?.state === 'masked') continue
    found.add(name)
    open.push(...(wants.get(name) ?? []))
  }
  known.set(units, found)
  return found
}

function pulledBy(unit: UnitFile): readonly string[] {
  if (unit.state !== 'loaded') return []
  return ['Wants', 'Requires', 'BindsTo', 'Upholds', 'Requisite'].flatMap((name) =>
    valuesOf(unit, 'Unit', name).flatMap(({ value }) => value.split(/\s+/)),
  )
}

/** Whether a boot starts a unit: it is pulled in, or its socket, timer or path is. */
export function isPulledIn(units: Units, name: string): boolean {
  const { byName } = units
  const started = startedUnits(units)
  if (!byName.has(name)) return false
  if (started.has(name)) return true
  const base = name.replace(/\.[^.]+$/, '')
  return [...byName.values()].some((starter) => {
    if (starter.state !== 'loaded' || !started.has(starter.name)) return false
    const kind = starter.name.slice(starter.name.lastIndexOf('.') + 1)
    if (!starters.includes(kind)) return false
    const section = `${kind[0]?.toUpperCase()}${kind.slice(1)}`
    const named = valuesOf(starter, section, kind === 'socket' ? 'Service' : 'Unit').at(-1)?.value
    return named === undefined ? starter.name === `${base}.${kind}` : named === name
  })
}

/** Units that pull a unit in and are not reached themselves: why an enabled one is not started. */
export function vainPullers(units: Units, name: string): readonly string[] {
  const started = startedUnits(units)
  return (units.byName.get(name)?.pulledInBy ?? []).filter((by) => !started.has(by))
}
