import { rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import type { UnitFile } from '../host/units.ts'
import { valuesOf } from '../host/units.ts'
import { unitManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const serviceLoadsNot = rule({
  id: 'boot/service-loads-not',
  level: 'error',
  reference: unitManual,
  says: ({ unit, why }: { unit: string; why: string }) => `systemd refuses to load ${unit}: it has ${why}.`,
  wants: 'A declared service can be loaded.',
  remedy: 'A drop-in that replaces ExecStart= empties it first: a line ExecStart= alone, then the new one.',
})

/** A unit that systemd refuses is neither started nor failed: nobody is told. */
export const serviceLoads = staticCheck({
  id: 'boot/service-loads',
  rules: [serviceLoadsNot],
  *run({ declared, files: { units } }) {
    for (const { unit } of declared.services) {
      const file = units.byName.get(unit)
      const why = file?.state === 'loaded' && unit.endsWith('.service') ? refusal(file) : undefined
      if (why !== undefined) yield serviceLoadsNot.at(unit, { unit, why })
    }
  },
  examples: [
    { title: 'one ExecStart', given: loaded('ExecStart=/bin/a'), yields: [] },
    { title: 'replaced by a drop-in', given: loaded('ExecStart=/bin/a', 'ExecStart=', 'ExecStart=/bin/b'), yields: [] },
    {
      title: 'several of a oneshot',
      given: loaded('Type=oneshot', 'ExecStart=/bin/a', 'ExecStart=/bin/b'),
      yields: [],
    },
    {
      title: 'a second one by a drop-in',
      given: loaded('ExecStart=/bin/a', 'ExecStart=/bin/b'),
      yields: [serviceLoadsNot],
    },
    {
      title: 'one that always fails before it',
      given: loaded('ExecStartPre=/bin/false', 'ExecStart=/bin/a'),
      yields: [serviceLoadsNot],
    },
    { title: 'none', given: loaded('Restart=always'), yields: [serviceLoadsNot] },
    { title: 'no absolute path', given: loaded('ExecStart=./a'), yields: [serviceLoadsNot] },
  ],
})

/** What systemd.service(5) refuses, of what can be told from settings alone. */
function refusal(file: UnitFile): string | undefined {
  const type = valuesOf(file, 'Service', 'Type').at(-1)?.value ?? 'simple'
  const starts = valuesOf(file, 'Service', 'ExecStart')
  const stops = valuesOf(file, 'Service', 'ExecStop').length > 0
  if (starts.length === 0 && !(type === 'oneshot' && stops)) return 'no ExecStart='
  if (starts.length > 1 && type !== 'oneshot') return `${starts.length} ExecStart= lines, and is not of Type=oneshot`
  const strange = starts.find(({ value }) => /^[-@:+!]*\./.test(value))
  if (strange !== undefined) return `the ExecStart=${strange.value}, no absolute path`
  const before = [
    ...valuesOf(file, 'Service', 'ExecStartPre'),
    ...valuesOf(file, 'Service', 'ExecCondition'),
    ...starts,
  ]
  const fails = before.find(({ value }) => /^[@:+!|]*(?:\/usr)?\/bin\/false\b/.test(value))
  if (fails !== undefined) return `${fails.name}=${fails.value}, which always fails`
  if (type === 'dbus' && valuesOf(file, 'Service', 'BusName').length === 0) return 'Type=dbus and no BusName='
  const restart = valuesOf(file, 'Service', 'Restart').at(-1)?.value
  return type === 'oneshot' && (restart === 'always' || restart === 'on-success')
    ? `Type=oneshot with Restart=${restart}`
    : undefined
}

function loaded(...settings: readonly string[]): StaticObservation {
  const directives = settings.map((setting, index) => {
    const at = setting.indexOf('=')
    return { section: 'Service', name: setting.slice(0, at), value: setting.slice(at + 1), path: '/etc/x', line: index }
  })
  return sketch({
    declared: { services: [{ unit: 'web.service' }] },
    units: [{ name: 'web.service', pulledInBy: ['multi-user.target'], directives }],
  })
}
