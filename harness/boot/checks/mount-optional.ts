import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { hasOption } from '../fstab/parse.ts'
import { valuesOf } from '../host/units.ts'
import { isWithin } from '../paths.ts'
import { mountUnits } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const mountOptionalStops = rule({
  id: 'boot/mount-optional-stops',
  level: 'error',
  reference: mountUnits,
  says: ({ at, line }: { at: string; line: number }) =>
    `${at} is optional, and line ${line} of /etc/fstab has no nofail: without its disk the boot ends in emergency mode.`,
  wants: 'A host comes up without an optional disk.',
  remedy: 'Add nofail, and x-systemd.device-timeout=10s so that nobody waits for it.',
})

export const mountOptionalSilent = rule({
  id: 'boot/mount-optional-silent',
  level: 'error',
  reference: mountUnits,
  says: ({ at, line, unit }: { at: string; line: number; unit: string }) =>
    `${unit} works on ${at}, which line ${line} of /etc/fstab lets be absent (nofail), and it does not ask for it.`,
  wants: 'A service does not start on the empty folder below its mount.',
  remedy: 'Take nofail away, or give the service RequiresMountsFor= with that path.',
})

export const mountOptionalLets = rule({
  id: 'boot/mount-optional-lets',
  level: 'warning',
  reference: mountUnits,
  says: ({ at, line }: { at: string; line: number }) =>
    `${at} is needed, and line ${line} of /etc/fstab lets the host come up without it (nofail): systemd will say "running".`,
  wants: 'A host whose needed disk is lost does not pass for well.',
  remedy: 'Take nofail away, declare the mount optional, or watch it.',
})

/** A lost data disk must not stop a boot, and a needed one must not be passed over in silence. */
export const mountOptional = staticCheck({
  id: 'boot/mount-optional',
  rules: [mountOptionalStops, mountOptionalSilent, mountOptionalLets],
  *run({ files, declared: { mounts, services } }) {
    for (const each of files.fstab?.lines ?? []) {
      const declared = mounts.find(({ at }) => at === each.target)
      const [nofail, { line, target: at }] = [hasOption(each, 'nofail'), each]
      if (declared?.optional === true && !nofail && !hasOption(each, 'noauto')) {
        yield mountOptionalStops.at(`/etc/fstab:${line}`, { at, line })
      }
      if (!nofail) continue
      if (declared?.optional === false) yield mountOptionalLets.at(`/etc/fstab:${line}`, { at, line })
      for (const { unit, needs } of services) {
        const file = files.units.byName.get(unit)
        const asks =
          file !== undefined &&
          valuesOf(file, 'Unit', 'RequiresMountsFor').some(({ value }) =>
            value.split(/\s+/).some((path) => isWithin(path, at)),
          )
        if (needs.includes(at) && !asks) yield mountOptionalSilent.at(`/etc/fstab:${line}`, { at, line, unit })
      }
    }
  },
  examples: [
    {
      title: 'an optional disk with nofail',
      given: sketch({ declared: { mounts: [{ at: '/x', optional: true }] }, fstab: 'UUID=1 /x ext4 nofail 0 2\n' }),
      yields: [],
    },
    {
      title: 'an optional disk that stops the boot',
      given: sketch({ declared: { mounts: [{ at: '/x', optional: true }] }, fstab: 'UUID=1 /x ext4 rw 0 2\n' }),
      yields: [mountOptionalStops],
    },
    {
      title: 'a needed disk with nofail',
      given: sketch({ declared: { mounts: [{ at: '/x' }] }, fstab: 'UUID=1 /x ext4 nofail 0 2\n' }),
      yields: [mountOptionalLets],
    },
    {
      title: 'a service on a mount that may be absent',
      given: sketch({
        declared: { services: [{ unit: 'db.service', needs: ['/x'] }] },
        fstab: 'UUID=1 /x ext4 nofail 0 2\n',
        units: [{ name: 'db.service' }],
      }),
      yields: [mountOptionalSilent],
    },
    {
      title: 'a service that asks for its mount',
      given: sketch({
        declared: { services: [{ unit: 'db.service', needs: ['/x'] }] },
        fstab: 'UUID=1 /x ext4 nofail 0 2\n',
        units: [
          {
            name: 'db.service',
            directives: [{ section: 'Unit', name: 'RequiresMountsFor', value: '/x/db', path: '/etc/x', line: 2 }],
          },
        ],
      }),
      yields: [],
    },
  ],
})
