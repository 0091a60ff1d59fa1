import { rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import { hasOption } from '../fstab/parse.ts'
import { startedUnits } from '../host/pulled-in.ts'
import type { UnitFile } from '../host/units.ts'
import { valuesOf } from '../host/units.ts'
import { unitManual } from '../references.ts'
import { sketch, unit } from '../testing/observed.ts'

export const unitCycleFound = rule({
  id: 'boot/unit-cycle-found',
  level: 'error',
  reference: unitManual,
  says: ({ cycle }: { cycle: string }) =>
    `Units wait for each other: ${cycle}. systemd drops one of them, at every boot another.`,
  wants: 'An order without circles.',
  remedy: 'Take one After= or Before= away; DefaultDependencies=no is for what comes before sysinit.target.',
})

/** Orders that lead back to their beginning: systemd breaks such a circle by not starting somebody. */
export const unitCycle = staticCheck({
  id: 'boot/unit-cycle',
  rules: [unitCycleFound],
  *run({ files }) {
    const cycle = firstCycle(ordersOf(files))
    if (cycle !== undefined) yield unitCycleFound.at(cycle[0] ?? '', { cycle: cycle.join(' after ') })
  },
  examples: [
    { title: 'one after the other', given: ordered('After=b.service', 'Before=a.service'), yields: [] },
    {
      title: 'two that wait for each other',
      given: ordered('After=b.service', 'After=a.service'),
      yields: [unitCycleFound],
    },
    {
      title: 'a service before what every service comes after',
      given: ordered('Before=sysinit.target', ''),
      yields: [unitCycleFound],
    },
    { title: 'one that says so', given: ordered('Before=sysinit.target\nDefaultDependencies=no', ''), yields: [] },
    {
      title: 'a mount that waits for a service',
      given: sketch({
        fstab: 'LABEL=x /x ext4 x-systemd.requires=a.service 0 2\n',
        units: [
          unit('a.service', '[Service]\nExecStart=/a\n'),
          unit('sysinit.target', '[Unit]\nAfter=local-fs.target\n', {}),
        ],
      }),
      yields: [unitCycleFound],
    },
  ],
})

/** What each unit comes after, of those that a boot starts. */
function ordersOf({ units, fstab }: StaticObservation['files']): ReadonlyMap<string, ReadonlySet<string>> {
  const started = startedUnits(units)
  const after = new Map<string, Set<string>>()
  const add = (name: string, before: string): void => {
    if (name !== before) after.set(name, (after.get(name) ?? new Set()).add(before))
  }
  for (const each of units.byName.values()) {
    if (each.state !== 'loaded' || !started.has(each.name)) continue
    for (const before of names(each, 'After')) add(each.name, before)
    for (const later of names(each, 'Before')) add(later, each.name)
    if (valuesOf(each, 'Unit', 'DefaultDependencies').at(-1)?.value === 'no') continue
    const [kind] = /[^.]+$/.exec(each.name) ?? []
    if (kind === 'service') for (const before of ['sysinit.target', 'basic.target']) add(each.name, before)
    if (kind === 'socket' || kind === 'timer' || kind === 'path') {
      add(each.name, 'sysinit.target')
      add(`${kind}s.target`, each.name)
    }
  }
  for (const line of fstab?.lines ?? []) {
    if (!line.target.startsWith('/') || hasOption(line, 'noauto')) continue
    const own = `mount of ${line.target}`
    const network = hasOption(line, '_netdev') || line.source.kind === 'network'
    if (!hasOption(line, 'nofail')) add(network ? 'remote-fs.target' : 'local-fs.target', own)
    for (const { name, value } of line.options) {
      if (/^x-systemd\.(?:requires|after)$/.test(name) && value !== undefined) add(own, value)
    }
  }
  add('basic.target', 'sysinit.target')
  return after
}

/** Specifiers and templates are left out: what they stand for is not known here. */
const names = (unitFile: UnitFile, setting: string): string[] =>
  valuesOf(unitFile, 'Unit', setting).flatMap(({ value }) =>
    value.split(/\s+/).filter((each) => /^[^%]+\.\w+$/.test(each)),
  )

function firstCycle(after: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined {
  const done = new Set<string>()
  const path: string[] = []
  const walk = (name: string): readonly string[] | undefined => {
    const at = path.indexOf(name)
    if (at >= 0) return [...path.slice(at), name]
    if (done.has(name)) return undefined
    path.push(name)
    for (const before of after.get(name) ?? []) {
      const cycle = walk(before)
      if (cycle !== undefined) return cycle
    }
    path.pop()
    done.add(name)
    return undefined
  }
  for (const name of after.keys()) {
    const cycle = walk(name)
    if (cycle !== undefined) return cycle
  }
  return undefined
}

function ordered(first: string, second: string) {
  const file = (text: string): string => `[Unit]\n${text}\n[Service]\nExecStart=/usr/bin/a\n`
  return sketch({ units: [unit('a.service', file(first)), unit('b.service', file(second))] })
}
