import { rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import { groupsIn, namesOfSysusers, usersIn } from '../host/accounts.ts'
import { startedUnits } from '../host/pulled-in.ts'
import { groundOf } from '../host/unit-paths.ts'
import type { UnitFile } from '../host/units.ts'
import { valuesOf } from '../host/units.ts'
import { execManual } from '../references.ts'
import type { Sketch } from '../testing/observed.ts'
import { sketch, unit } from '../testing/observed.ts'

export const serviceGroundAbsent = rule({
  id: 'boot/service-ground-absent',
  level: 'error',
  reference: execManual,
  says: ({ unit: name, what, where }: { unit: string; what: string; where: string }) =>
    `${name} cannot start: ${what} (${where}).`,
  wants: 'Everything that a declared service needs to start is there.',
  remedy: 'Install it, or correct the unit: it runs until the reboot because it was started before this changed.',
})

export const serviceGroundLeft = rule({
  id: 'boot/service-ground-left',
  level: 'warning',
  reference: execManual,
  says: ({ unit: name, what, where }: { unit: string; what: string; where: string }) =>
    `${name} is started at boot, and will fail: ${what} (${where}).`,
  wants: 'What a boot starts can start.',
  remedy: 'Mend it, or systemctl disable it.',
})

/** What a service needs before its first instruction: its program, its user, its files. */
export const serviceGround = staticCheck({
  id: 'boot/service-ground',
  rules: [serviceGroundAbsent, serviceGroundLeft],
  *run({ declared, files }) {
    const asked = new Set(declared.services.map((each) => each.unit))
    const timed = new Set(declared.timers.map((each) => each.replace(/\.timer$/, '.service')))
    const started = startedUnits(files.units)
    for (const each of files.units.byName.values()) {
      const own = asked.has(each.name) || timed.has(each.name)
      if (each.state !== 'loaded' || !each.name.endsWith('.service') || !(own || started.has(each.name))) continue
      // Others may be passed over by a condition that only a running host can tell.
      const conditional = each.directives.some(({ name }) => /^(?:Condition|Assert)/.test(name))
      if (!own && conditional) continue
      for (const { what, where } of troubles(each, files)) {
        const meant = own ? serviceGroundAbsent : serviceGroundLeft
        yield meant.at(each.name, { unit: each.name, what, where })
      }
    }
  },
  examples: [
    { title: 'all there', given: host({}), yields: [] },
    {
      title: 'a user that is made at boot',
      given: host({ texts: { '/etc/passwd': '', '/usr/lib/sysusers.d/a.conf': 'u web -\n' } }),
      yields: [],
    },
    { title: 'no program', given: host({ paths: { '/usr/bin/a': undefined } }), yields: [serviceGroundAbsent] },
    {
      title: 'a program that nobody may start',
      given: host({ paths: { '/usr/bin/a': { mode: 0o644 } } }),
      yields: [serviceGroundAbsent],
    },
    {
      title: 'no user',
      given: host({ texts: { '/etc/passwd': 'root:x:0:0::/root:/bin/sh\n' } }),
      yields: [serviceGroundAbsent],
    },
    {
      title: 'no environment file',
      given: host({ paths: { '/usr/bin/a': {}, '/etc/default/a': undefined } }),
      yields: [serviceGroundAbsent],
    },
    {
      title: 'another service that was left behind',
      given: host({ paths: { '/usr/bin/a': undefined }, declared: {} }),
      yields: [serviceGroundLeft],
    },
    {
      title: 'a program on a disk that is mounted later',
      given: host({ paths: { '/usr/bin/a': undefined }, fstab: 'LABEL=x /usr ext4 rw 0 2\n' }),
      yields: [],
    },
  ],
})

function* troubles(unitFile: UnitFile, { texts, paths, fstab }: StaticObservation['files']) {
  const mounted = (fstab?.lines ?? []).map(({ target }) => target).filter((target) => target.length > 1)
  // What lies on a disk that is mounted at boot, or is made in memory, is not in the tree.
  const elsewhere = (path: string): boolean =>
    /^\/(?:run|proc|sys|dev|tmp|var\/run)\//.test(path) ||
    mounted.some((at) => path === at || path.startsWith(`${at}/`))
  for (const { kind, path, file, line } of groundOf(unitFile)) {
    if (elsewhere(path) || !paths.has(path)) continue
    const [entry, where] = [paths.get(path), `${file}:${line}`]
    const made = kind === 'working directory' && isMade(unitFile, path)
    if (entry === undefined && !made) yield { what: `its ${kind} ${path} is not there`, where }
    else if (kind === 'program' && entry !== undefined && (entry.kind !== 'file' || (entry.mode & 0o111) === 0)) {
      yield { what: `its program ${path} may not be started (mode ${entry.mode.toString(8)})`, where }
    } else if (kind === 'program' && entry?.size === 0) yield { what: `its program ${path} is empty`, where }
  }
  if (valuesOf(unitFile, 'Service', 'DynamicUser').at(-1)?.value === 'yes') return
  const later = namesOfSysusers(texts)
  const kinds = [
    ['User', usersIn(texts)?.map(({ name }) => name)],
    ['Group', groupsIn(texts)],
  ] as const
  for (const [kind, names] of kinds) {
    const setting = valuesOf(unitFile, 'Service', kind).at(-1)
    if (setting === undefined || names === undefined || /^\d+$|%/.test(setting.value)) continue
    if (!names.includes(setting.value) && !later.has(setting.value)) {
      const where = `${setting.path}:${setting.line}`
      yield { what: `there is no ${kind.toLowerCase()} ${setting.value}`, where }
    }
  }
}

/** systemd makes some folders before it starts a service in them. */
function isMade(unitFile: UnitFile, path: string): boolean {
  const kinds = { StateDirectory: '/var/lib/', CacheDirectory: '/var/cache/', LogsDirectory: '/var/log/' }
  return Object.entries(kinds).some(([name, folder]) =>
    valuesOf(unitFile, 'Service', name).some(({ value }) =>
      value.split(/\s+/).some((each) => `${folder}${each}` === path),
    ),
  )
}

function host(given: Sketch): StaticObservation {
  return sketch({
    declared: { services: [{ unit: 'a.service' }] },
    units: [unit('a.service', '[Service]\nExecStart=/usr/bin/a --x\nEnvironmentFile=/etc/default/a\nUser=web\n')],
    texts: { '/etc/passwd': 'web:x:1:1::/:/bin/sh\n' },
    paths: { '/usr/bin/a': {}, '/etc/default/a': {} },
    ...given,
  })
}
