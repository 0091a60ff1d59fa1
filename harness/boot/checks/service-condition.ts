import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { conditionsOf } from '../host/unit-paths.ts'
import { valuesOf } from '../host/units.ts'
import { unitManual } from '../references.ts'
import { sketch, unit } from '../testing/observed.ts'

export const serviceConditionUnmet = rule({
  id: 'boot/service-condition-unmet',
  level: 'error',
  reference: unitManual,
  says: ({ unit: name, setting, path, what }: { unit: string; setting: string; path: string; what: string }) =>
    `${name} is passed over at boot, and nothing fails: its ${setting}= asks for ${path}, which ${what}.`,
  wants: 'The conditions of a declared service are met.',
  remedy: 'Put the file there, or take it away where it must not be.',
})

/** A condition that is not met skips a service without a word. */
export const serviceCondition = staticCheck({
  id: 'boot/service-condition',
  rules: [serviceConditionUnmet],
  *run({ declared, files: { units, paths, fstab } }) {
    const mounted = (fstab?.lines ?? []).map(({ target }) => target).filter((target) => target.length > 1)
    for (const name of [...declared.services.map((each) => each.unit), ...declared.timers]) {
      const own = units.byName.get(name)
      if (own?.state !== 'loaded') continue
      const host = valuesOf(own, 'Unit', 'ConditionHost').at(-1)?.value
      if (
        host !== undefined &&
        /^[\w-]+$/.test(host) &&
        declared.hostname !== undefined &&
        host !== declared.hostname
      ) {
        const what = 'is not what the host is called'
        yield serviceConditionUnmet.at(name, { unit: name, setting: 'ConditionHost', path: host, what })
      }
      for (const { setting, path, negated } of conditionsOf(own)) {
        const later = /^\/(?:run|proc|sys|dev|tmp)\b/.test(path) || mounted.some((at) => path.startsWith(`${at}/`))
        if (later || !paths.has(path)) continue
        const entry = paths.get(path)
        const met = entry !== undefined && isMet(setting, entry)
        const what = negated ? 'must not be there, and is' : entry === undefined ? 'is not there' : 'is of another kind'
        if (met === negated) yield serviceConditionUnmet.at(name, { unit: name, setting, path, what })
      }
    }
  },
  examples: [
    { title: 'another host', given: asking('ConditionHost=db-1'), yields: [serviceConditionUnmet] },
    { title: 'this host', given: asking('ConditionHost=web-1'), yields: [] },
    { title: 'the file is there', given: asking('ConditionPathExists=/etc/a', {}), yields: [] },
    { title: 'the file must not be there, and is not', given: asking('ConditionPathExists=!/etc/a'), yields: [] },
    { title: 'one of several', given: asking('ConditionPathExists=|/etc/a'), yields: [] },
    { title: 'no file', given: asking('ConditionPathExists=/etc/a'), yields: [serviceConditionUnmet] },
    {
      title: 'an empty file',
      given: asking('ConditionFileNotEmpty=/etc/a', { size: 0 }),
      yields: [serviceConditionUnmet],
    },
    {
      title: 'a file that forbids it',
      given: asking('ConditionPathExists=!/etc/a', {}),
      yields: [serviceConditionUnmet],
    },
  ],
})

function isMet(setting: string, { kind, size, mode }: { kind: string; size: number; mode: number }): boolean {
  if (setting.endsWith('PathIsDirectory')) return kind === 'folder'
  if (setting.endsWith('FileNotEmpty')) return kind === 'file' && size > 0
  return setting.endsWith('FileIsExecutable') ? kind === 'file' && (mode & 0o111) !== 0 : true
}

function asking(setting: string, entry?: { size?: number }) {
  return sketch({
    declared: { services: [{ unit: 'a.service' }], hostname: 'web-1' },
    units: [unit('a.service', `[Unit]\n${setting}\n[Service]\nExecStart=/usr/bin/a\n`)],
    paths: { '/etc/a': entry },
  })
}
