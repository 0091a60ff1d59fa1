import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { valuesOf } from '../host/units.ts'
import { isWithin } from '../paths.ts'
import { unitManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const serviceMountUnordered = rule({
  id: 'boot/service-mount-unordered',
  level: 'warning',
  reference: unitManual,
  says: ({ unit, at }: { unit: string; at: string }) =>
    `${unit} works on ${at}, and does not ask for it: on a slow disk it starts on the empty folder.`,
  wants: 'RequiresMountsFor= with each mount that a service works on.',
  remedy: 'Add a drop-in with RequiresMountsFor=.',
})

/** A service that works on a mount comes after it. */
export const serviceMount = staticCheck({
  id: 'boot/service-mount',
  rules: [serviceMountUnordered],
  *run({ declared, files: { units, fstab } }) {
    for (const { unit, needs } of declared.services) {
      const file = units.byName.get(unit)
      if (file?.state !== 'loaded') continue
      const asked = ['RequiresMountsFor', 'WantsMountsFor'].flatMap((name) =>
        valuesOf(file, 'Unit', name).flatMap(({ value }) => value.split(/\s+/)),
      )
      for (const at of needs) {
        const line = fstab?.lines.find(({ target }) => target === at)
        // What must be there before local-fs.target is, comes before every service as it is.
        const early =
          line !== undefined && !line.options.some(({ name }) => ['nofail', 'noauto', '_netdev'].includes(name))
        if (!early && !asked.some((path) => isWithin(path, at))) {
          yield serviceMountUnordered.at(unit, { unit, at })
        }
      }
    }
  },
  examples: [
    {
      title: 'a mount that every boot waits for',
      given: sketch({
        declared: { services: [{ unit: 'db.service', needs: ['/x'] }] },
        fstab: 'UUID=1 /x ext4 rw 0 2\n',
        units: [{ name: 'db.service' }],
      }),
      yields: [],
    },
    {
      title: 'a mount from the network that it does not ask for',
      given: sketch({
        declared: { services: [{ unit: 'db.service', needs: ['/x'] }] },
        fstab: 'nas:/x /x nfs _netdev 0 0\n',
        units: [{ name: 'db.service' }],
      }),
      yields: [serviceMountUnordered],
    },
    {
      title: 'one that it asks for',
      given: sketch({
        declared: { services: [{ unit: 'db.service', needs: ['/x'] }] },
        fstab: 'nas:/x /x nfs _netdev 0 0\n',
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
