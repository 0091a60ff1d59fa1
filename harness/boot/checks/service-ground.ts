import { rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import { groupsIn, namesOfSysusers, usersIn } from '../host/accounts.ts'
import { startedUnits } from '../host/pulled-in.ts'
import { environmentsOf } from '../host/environments.ts'
import { fragments, linesOf } from '../host/texts.ts'
import { foldersAbove, groundOf } from '../host/unit-paths.ts'
import type { UnitFile } from '../host/units.ts'
import { valuesOf } from '../host/units.ts'
import { isWithin } from '../paths.ts'
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
      title: 'a path of its sandbox that is not there',
      given: host({
        units: [unit('a.service', '[Service]\nExecStart=/usr/bin/a\nReadWritePaths=/var/cache/a -/x\n')],
        paths: { '/usr/bin/a': {}, '/var/cache/a': undefined },
      }),
      yields: [serviceGroundAbsent],
    },
    {
      title: 'paths of its sandbox that are made',
      given: host({
        units: [
          unit('a.service', '[Service]\nExecStart=/usr/bin/a\nReadWritePaths=/var/cache/a /srv/a\nCacheDirectory=a\n'),
        ],
        texts: { '/usr/lib/tmpfiles.d/a.conf': 'd /srv/a 0755 web web -\n' },
        paths: { '/usr/bin/a': {}, '/var/cache/a': undefined, '/srv/a': undefined },
      }),
      yields: [],
    },
    {
      title: 'a script without its interpreter',
      given: host({ scripts: { '/usr/bin/a': { interpreter: 'python', found: false, returns: false } } }),
      yields: [serviceGroundAbsent],
    },
    {
      title: 'an interpreter on a disk that is mounted later',
      given: host({
        fstab: 'LABEL=x /opt ext4 rw 0 2\n',
        scripts: { '/usr/bin/a': { interpreter: '/opt/bin/python', found: false, returns: false } },
      }),
      yields: [],
    },
    {
      title: 'a script with line ends of another system',
      given: host({ scripts: { '/usr/bin/a': { interpreter: '/bin/sh', found: true, returns: true } } }),
      yields: [serviceGroundAbsent],
    },
    {
      title: 'a folder on the way that its user cannot pass',
      given: host({ paths: { '/usr/bin/a': {}, '/usr/bin': { kind: 'folder', mode: 0o700, uid: 0 } } }),
      yields: [serviceGroundAbsent],
    },
    {
      title: 'a folder on the way that its user owns',
      given: host({ paths: { '/usr/bin/a': {}, '/usr/bin': { kind: 'folder', mode: 0o700, uid: 1 } } }),
      yields: [],
    },
    {
      title: 'a program on a disk that is mounted later',
      given: host({ paths: { '/usr/bin/a': undefined }, fstab: 'LABEL=x /usr ext4 rw 0 2\n' }),
      yields: [],
    },
  ],
})

function* troubles(unitFile: UnitFile, given: StaticObservation['files']) {
  const { texts, paths, fstab, scripts } = given
  const mounted = (fstab?.lines ?? []).map(({ target }) => target).filter((target) => target.length > 1)
  // What lies on a disk that is mounted at boot, or is made in memory, is not in the tree.
  const elsewhere = (path: string): boolean =>
    /^\/(?:run|proc|sys|dev|tmp|var\/run)\//.test(path) || mounted.some((at) => isWithin(path, at))
  for (const { kind, path, file, line, privileged = false } of groundOf(unitFile)) {
    if (elsewhere(path) || !paths.has(path)) continue
    const [entry, where] = [paths.get(path), `${file}:${line}`]
    const mayBeMade = kind === 'working directory' || kind === 'sandbox path'
    if (entry === undefined && !(mayBeMade && isMade(unitFile, path, texts)))
      yield { what: `its ${kind} ${path} is not there`, where }
    else if (kind === 'program' && entry !== undefined && (entry.kind !== 'file' || (entry.mode & 0o111) === 0)) {
      yield { what: `its program ${path} may not be started (mode ${entry.mode.toString(8)})`, where }
    } else if (kind === 'program' && entry?.size === 0) yield { what: `its program ${path} is empty`, where }
    const script = kind === 'program' ? scripts.get(path) : undefined
    if (script?.returns === true) {
      yield {
        what: `the first line of ${path} ends with a carriage return, so that its interpreter is not found`,
        where,
      }
    } else if (script?.found === false && !elsewhere(script.interpreter) && !searchesElsewhere(unitFile, texts)) {
      yield { what: `${path} is a script for ${script.interpreter}, which is not there`, where }
    }
    const passed = !privileged && (kind === 'program' || kind === 'working directory')
    const shut = passed ? barred(unitFile, path, given) : undefined
    if (shut !== undefined) yield { what: `${path} lies in ${shut}`, where }
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

/** It says itself where programs are looked for. */
function searchesElsewhere(unitFile: UnitFile, texts: StaticObservation['files']['texts']): boolean {
  const told = valuesOf(unitFile, 'Service', 'Environment').some(({ value }) => /(?:^|[\s"'])PATH=/.test(value))
  return told || environmentsOf(unitFile).some((path) => /^PATH=/m.test(texts.get(path) ?? ''))
}

/** A folder on the way to a path that the user of a service cannot pass; undefined when there is none. */
function barred(unitFile: UnitFile, path: string, { texts, paths }: StaticObservation['files']): string | undefined {
  const user = valuesOf(unitFile, 'Service', 'User').at(-1)?.value
  const account = usersIn(texts)?.find(({ name, uid }) => name === user || String(uid) === user)
  if (account === undefined || account.uid === 0) return undefined
  for (const above of foldersAbove(path)) {
    const entry = paths.get(above)
    // Who is in its group cannot be told here.
    if (entry === undefined || entry.kind !== 'folder' || (entry.mode & 0o011) !== 0) continue
    if (entry.uid === undefined || entry.uid === account.uid) continue
    return `${above} (mode ${entry.mode.toString(8).padStart(4, '0')}), which ${account.name} cannot pass`
  }
  return undefined
}

/** systemd makes some folders before it starts a service in them, and systemd-tmpfiles others. */
function isMade(unitFile: UnitFile, path: string, texts: StaticObservation['files']['texts']): boolean {
  const kinds = { StateDirectory: '/var/lib/', CacheDirectory: '/var/cache/', LogsDirectory: '/var/log/' }
  const early = fragments(texts, ['/etc/tmpfiles.d', '/usr/lib/tmpfiles.d']).flatMap((each) =>
    linesOf(texts, each, /^#/),
  )
  if (early.some(({ text }) => /^[dDvqQeLC]\S*\s/.test(text) && text.split(/\s+/)[1]?.replace(/\/+$/, '') === path))
    return true
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
