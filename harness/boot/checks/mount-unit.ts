import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { mountUnitOf } from '../host/unit-names.ts'
import { valuesOf } from '../host/units.ts'
import { mountUnits } from '../references.ts'
import { sketch, unit } from '../testing/observed.ts'

export const mountUnitName = rule({
  id: 'boot/mount-unit-name',
  level: 'error',
  reference: mountUnits,
  says: ({ unit: name, where, wanted }: { unit: string; where: string; wanted: string }) =>
    `${name} mounts at ${where}, and systemd refuses it: its name would have to be ${wanted}.`,
  wants: 'A mount unit has the name of its mount point.',
  remedy: 'Name it as `systemd-escape --path --suffix=mount` of the mount point tells.',
})

export const mountUnitHalf = rule({
  id: 'boot/mount-unit-half',
  level: 'error',
  reference: mountUnits,
  says: ({ unit: name, missing }: { unit: string; missing: string }) =>
    `${name} has no ${missing}=, and systemd refuses it.`,
  wants: 'A mount unit says what is mounted, and where.',
  remedy: 'Add the setting to its [Mount] section.',
})

/** Mount units: named as they must be, and whole. */
export const mountUnit = staticCheck({
  id: 'boot/mount-unit',
  rules: [mountUnitName, mountUnitHalf],
  *run({ files: { units } }) {
    for (const each of units.byName.values()) {
      if (!each.name.endsWith('.mount') || each.state !== 'loaded' || each.name.includes('@')) continue
      const [what, where] = ['What', 'Where'].map((name) => valuesOf(each, 'Mount', name).at(-1)?.value)
      // A drop-in alone goes with a line of fstab.
      if (each.path === undefined || !each.path.endsWith('.mount')) continue
      for (const [missing, value] of [
        ['What', what],
        ['Where', where],
      ] as const) {
        if (value === undefined) yield mountUnitHalf.at(each.name, { unit: each.name, missing })
      }
      const wanted = where === undefined || where.includes('%') ? undefined : mountUnitOf(where)
      if (where !== undefined && wanted !== undefined && wanted !== each.name) {
        yield mountUnitName.at(each.name, { unit: each.name, where, wanted })
      }
    }
  },
  examples: [
    {
      title: 'named after its place',
      given: named('srv-my\\x2ddata.mount', 'What=LABEL=x\nWhere=/srv/my-data'),
      yields: [],
    },
    { title: 'another name', given: named('data.mount', 'What=LABEL=x\nWhere=/srv/data'), yields: [mountUnitName] },
    { title: 'nothing to mount', given: named('srv.mount', 'Where=/srv'), yields: [mountUnitHalf] },
  ],
})

function named(name: string, settings: string) {
  return sketch({ units: [unit(name, `[Mount]\n${settings}\n`, { pulledInBy: ['local-fs.target'] })] })
}
