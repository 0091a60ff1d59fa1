import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import type { FstabLine } from '../fstab/parse.ts'
import { hasOption } from '../fstab/parse.ts'
import { mountUnitOf } from '../host/unit-names.ts'
import { valuesOf } from '../host/units.ts'
import { fstabManual, mountUnits } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const mountDeclaredAbsent = rule({
  id: 'boot/mount-declared-absent',
  level: 'error',
  reference: fstabManual,
  says: ({ at }: { at: string }) => `Nothing mounts ${at} at the next boot: no line of /etc/fstab and no mount unit.`,
  wants: 'Each mount that is declared has one line of fstab, or one mount unit that is pulled in.',
  remedy: 'Append the line, and reboot: a mount made by hand is gone then.',
})

export const mountDeclaredTwice = rule({
  id: 'boot/mount-declared-twice',
  level: 'error',
  reference: fstabManual,
  says: ({ at, lines }: { at: string; lines: string }) => `${at} is mounted by several: ${lines}.`,
  wants: 'One line a mount point: which of several is on top nobody can tell.',
  remedy: 'Leave the line that is meant, and make the script that appends it look first.',
})

export const mountDeclaredNoauto = rule({
  id: 'boot/mount-declared-noauto',
  level: 'error',
  reference: fstabManual,
  says: ({ at, line }: { at: string; line: number }) =>
    `Line ${line} of /etc/fstab has noauto, so that ${at} stays empty after a boot.`,
  wants: 'What is declared is mounted without anybody asking.',
  remedy: 'Take noauto away, or declare the mount no more.',
})

export const mountDeclaredMasked = rule({
  id: 'boot/mount-declared-masked',
  level: 'error',
  reference: mountUnits,
  says: ({ at, unit }: { at: string; unit: string }) =>
    `${unit} is masked: nothing mounts ${at}, whatever /etc/fstab says.`,
  wants: 'The unit of a declared mount may be started.',
  remedy: 'systemctl unmask it, and find out who masked it, and why.',
})

/** Mounted when somebody looks, or because a mount below it is made. */
function isPulledIn(line: FstabLine, lines: readonly FstabLine[]): boolean {
  if (hasOption(line, 'x-systemd.automount')) return true
  return lines.some((other) => other.target.startsWith(`${line.target}/`) && !hasOption(other, 'noauto'))
}

/** Each declared mount is mounted by the next boot, once. */
export const mountDeclared = staticCheck({
  id: 'boot/mount-declared',
  rules: [mountDeclaredAbsent, mountDeclaredTwice, mountDeclaredNoauto, mountDeclaredMasked],
  *run({ declared, files }) {
    const units = [...files.units.byName.values()].filter(
      ({ name, state }) => name.endsWith('.mount') && state === 'loaded',
    )
    for (const { at } of declared.mounts) {
      const lines = (files.fstab?.lines ?? []).filter(({ target }) => target === at)
      const own = units.filter(
        (unit) => valuesOf(unit, 'Mount', 'Where').at(-1)?.value === at && unit.pulledInBy.length > 0,
      )
      const named = [...lines.map(({ line }) => `line ${line} of /etc/fstab`), ...own.map(({ name }) => name)]
      const unit = mountUnitOf(at)
      if (files.units.byName.get(unit)?.state === 'masked') yield mountDeclaredMasked.at(unit, { at, unit })
      if (named.length === 0) yield mountDeclaredAbsent.at(at, { at })
      if (named.length > 1) yield mountDeclaredTwice.at(at, { at, lines: named.join(', ') })
      for (const line of lines) {
        if (hasOption(line, 'noauto') && !isPulledIn(line, files.fstab?.lines ?? []))
          yield mountDeclaredNoauto.at(`/etc/fstab:${line.line}`, { at, line: line.line })
      }
    }
  },
  examples: [
    {
      title: 'one line',
      given: sketch({ declared: { mounts: [{ at: '/opt' }] }, fstab: '/dev/md0 /opt ext4 defaults 0 2\n' }),
      yields: [],
    },
    {
      title: 'a mount unit that is pulled in',
      given: sketch({
        declared: { mounts: [{ at: '/opt' }] },
        units: [
          {
            name: 'opt.mount',
            pulledInBy: ['local-fs.target'],
            directives: [
              { section: 'Mount', name: 'Where', value: '/opt', path: '/etc/systemd/system/opt.mount', line: 3 },
            ],
          },
        ],
      }),
      yields: [],
    },
    {
      title: 'nothing',
      given: sketch({ declared: { mounts: [{ at: '/opt' }] }, fstab: '' }),
      yields: [mountDeclaredAbsent],
    },
    {
      title: 'the procedure was run twice',
      given: sketch({
        declared: { mounts: [{ at: '/opt' }] },
        fstab: '/dev/md0 /opt ext4 defaults 0 2\n/dev/md0 /opt ext4 defaults 0 2\n',
      }),
      yields: [mountDeclaredTwice],
    },
    {
      title: 'its unit is masked',
      given: sketch({
        declared: { mounts: [{ at: '/srv/my-data' }] },
        fstab: 'LABEL=a /srv/my-data ext4 rw 0 2\n',
        units: [{ name: 'srv-my\\x2ddata.mount', state: 'masked' }],
      }),
      yields: [mountDeclaredMasked],
    },
    {
      title: 'noauto, and mounted when somebody looks, or for a mount below it',
      given: sketch({
        declared: { mounts: [{ at: '/opt' }, { at: '/srv' }] },
        fstab:
          '/dev/md0 /opt ext4 noauto,x-systemd.automount 0 2\nLABEL=a /srv ext4 noauto 0 2\nLABEL=b /srv/b ext4 rw 0 2\n',
      }),
      yields: [],
    },
    {
      title: 'noauto',
      given: sketch({ declared: { mounts: [{ at: '/opt' }] }, fstab: '/dev/md0 /opt ext4 noauto 0 2\n' }),
      yields: [mountDeclaredNoauto],
    },
  ],
})
