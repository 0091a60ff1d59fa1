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
  says: ({ unit, why }: { unit: string; why: string }) => `${unit} does not come up: systemd finds ${why}.`,
  wants: 'A declared service can be loaded.',
  remedy: 'A drop-in that replaces ExecStart= empties it first: a line ExecStart= alone, then the new one.',
})

export const serviceLoadsAlone = rule({
  id: 'boot/service-loads-alone',
  level: 'warning',
  reference: unitManual,
  says: ({ unit }: { unit: string }) => `${unit} has PrivateNetwork=, and nobody reaches it over the network.`,
  wants: 'A service that answers on a declared port sees the network.',
  remedy: 'Take PrivateNetwork= away if the service is the one that answers there.',
})

/** A unit that systemd refuses is neither started nor failed: nobody is told. */
export const serviceLoads = staticCheck({
  id: 'boot/service-loads',
  rules: [serviceLoadsNot, serviceLoadsAlone],
  *run({ declared, files: { units } }) {
    for (const { unit } of declared.services) {
      const file = units.byName.get(unit)
      const why = file?.state === 'loaded' && unit.endsWith('.service') ? refusal(file) : undefined
      const alone =
        file !== undefined &&
        /^(?:yes|true|1|on)$/i.test(valuesOf(file, 'Service', 'PrivateNetwork').at(-1)?.value ?? '')
      if (alone && declared.ports.length > 0 && !units.byName.has(unit.replace('.service', '.socket'))) {
        yield serviceLoadsAlone.at(unit, { unit })
      }
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
    {
      title: 'a shell that fails before it',
      given: loaded("ExecStartPre=/bin/sh -c 'exit 1'", 'ExecStart=/bin/a'),
      yields: [serviceLoadsNot],
    },
    {
      title: 'a limit within which nothing starts',
      given: loaded('ExecStart=/bin/a', 'MemoryMax=1M'),
      yields: [serviceLoadsNot],
    },
    { title: 'a path that lost its first slash', given: loaded('ExecStart=usr/bin/a'), yields: [serviceLoadsNot] },
    { title: 'with the rights of root', given: loaded('ExecStart=!/usr/sbin/a -x /etc/a'), yields: [] },
    { title: 'a name that is looked for', given: loaded('ExecStart=a --config=/etc/a'), yields: [] },
    {
      title: 'without the network',
      given: loadedWith([80], 'ExecStart=/bin/a', 'PrivateNetwork=yes'),
      yields: [serviceLoadsAlone],
    },
    { title: 'none', given: loaded('Restart=always'), yields: [serviceLoadsNot] },
    { title: 'no absolute path', given: loaded('ExecStart=./a'), yields: [serviceLoadsNot] },
  ],
})

/** `false`, and a shell that does nothing but that. */
const alwaysFails = /^[@:+!|]*(?:(?:\/usr)?\/bin\/false\b|\S+\/(?:ba|da)?sh -c ['"]?(?:false|exit [1-9]\d*)['"]?$)/
/** Limits within which no program starts. */
const limits: readonly (readonly [name: string, value: RegExp])[] = [
  ['TimeoutStartSec', /^(?:0?\.\d+s?|\d{1,3}(?:ms|us))$/],
  ['MemoryMax', /^(?:\d{1,6}|\d{1,4}K|[1-4]M)$/],
  ['LimitNOFILE', /^[0-9]$/],
  ['LimitNPROC', /^0$/],
  ['TasksMax', /^[01]$/],
]

/** What systemd.service(5) refuses, of what can be told from settings alone. */
function refusal(file: UnitFile): string | undefined {
  const type = valuesOf(file, 'Service', 'Type').at(-1)?.value ?? 'simple'
  const starts = valuesOf(file, 'Service', 'ExecStart')
  const stops = valuesOf(file, 'Service', 'ExecStop').length > 0
  if (starts.length === 0 && !(type === 'oneshot' && stops)) return 'no ExecStart='
  if (starts.length > 1 && type !== 'oneshot') return `${starts.length} ExecStart= lines, and is not of Type=oneshot`
  // With a slash in it a path is absolute; without one the name is looked for.
  const strange = starts.find(({ value }) => /^[-@:+!|]*(?:\.|[^/\s"'@:+!|-][^/\s]*\/)/.test(value))
  if (strange !== undefined) return `the ExecStart=${strange.value}, no absolute path`
  const before = [
    ...valuesOf(file, 'Service', 'ExecStartPre'),
    ...valuesOf(file, 'Service', 'ExecCondition'),
    ...starts,
  ]
  const fails = before.find(({ value }) => alwaysFails.test(value))
  if (fails !== undefined) return `${fails.name}=${fails.value}, which always fails`
  if (type === 'dbus' && valuesOf(file, 'Service', 'BusName').length === 0) return 'Type=dbus and no BusName='
  for (const [name, value] of limits) {
    const own = valuesOf(file, 'Service', name).at(-1)
    if (own !== undefined && value.test(own.value)) return `${name}=${own.value}, within which nothing starts`
  }
  const restart = valuesOf(file, 'Service', 'Restart').at(-1)?.value
  return type === 'oneshot' && (restart === 'always' || restart === 'on-success')
    ? `Type=oneshot with Restart=${restart}`
    : undefined
}

function loaded(...settings: readonly string[]): StaticObservation {
  return loadedWith([], ...settings)
}

function loadedWith(ports: readonly number[], ...settings: readonly string[]): StaticObservation {
  const directives = settings.map((setting, index) => {
    const at = setting.indexOf('=')
    return { section: 'Service', name: setting.slice(0, at), value: setting.slice(at + 1), path: '/etc/x', line: index }
  })
  return sketch({
    declared: { services: [{ unit: 'web.service' }], ports: [...ports] },
    units: [{ name: 'web.service', pulledInBy: ['multi-user.target'], directives }],
  })
}
