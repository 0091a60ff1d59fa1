import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { hasOption } from '../fstab/parse.ts'
import { valuesOf } from '../host/units.ts'
import { unitManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const emergencyConsoleLocked = rule({
  id: 'boot/emergency-console-locked',
  level: 'warning',
  reference: unitManual,
  says: ({ line }: { line: number }) =>
    `Root is locked, and line ${line} of /etc/fstab can end a boot in emergency mode: then nobody can log in.`,
  wants: 'Somebody can get in when a disk is lost.',
  remedy: 'Give the mounts nofail, or let sulogin pass: SYSTEMD_SULOGIN_FORCE=1 in a drop-in of emergency.service.',
})

/** Emergency mode asks for the password of root: where there is none nobody gets in. */
export const emergencyConsole = staticCheck({
  id: 'boot/emergency-console',
  rules: [emergencyConsoleLocked],
  *run({ files }) {
    if (files.rootLocked !== true) return
    const emergency = files.units.byName.get('emergency.service')
    const forced =
      emergency !== undefined &&
      valuesOf(emergency, 'Service', 'Environment').some(({ value }) => value.includes('SYSTEMD_SULOGIN_FORCE=1'))
    if (forced) return
    const stops = (files.fstab?.lines ?? []).find(
      (each) =>
        each.target !== '/' &&
        ['tag', 'device', 'path'].includes(each.source.kind) &&
        each.type !== 'swap' &&
        !hasOption(each, 'nofail') &&
        !hasOption(each, 'noauto'),
    )
    if (stops !== undefined) yield emergencyConsoleLocked.at(`/etc/fstab:${stops.line}`, { line: stops.line })
  },
  examples: [
    {
      title: 'root has a password',
      given: sketch({ fstab: 'UUID=1 /x ext4 rw 0 2\n', rootLocked: false }),
      yields: [],
    },
    {
      title: 'nothing can stop the boot',
      given: sketch({ fstab: 'UUID=1 /x ext4 nofail 0 2\n', rootLocked: true }),
      yields: [],
    },
    {
      title: 'root is locked, and a disk may be lost',
      given: sketch({ fstab: 'UUID=1 /x ext4 rw 0 2\n', rootLocked: true }),
      yields: [emergencyConsoleLocked],
    },
    {
      title: 'sulogin is told to pass',
      given: sketch({
        fstab: 'UUID=1 /x ext4 rw 0 2\n',
        rootLocked: true,
        units: [
          {
            name: 'emergency.service',
            directives: [
              { section: 'Service', name: 'Environment', value: 'SYSTEMD_SULOGIN_FORCE=1', path: '/etc/x', line: 2 },
            ],
          },
        ],
      }),
      yields: [],
    },
  ],
})
