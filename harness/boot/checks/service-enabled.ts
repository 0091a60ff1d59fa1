import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import type { NamedPaths } from '../host/named-paths.ts'
import { isPulledIn, vainPullers } from '../host/pulled-in.ts'
import { unitManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const serviceEnabledNot = rule({
  id: 'boot/service-enabled-not',
  level: 'error',
  reference: unitManual,
  says: ({ unit }: { unit: string }) => `${unit} is declared, and nothing starts it at boot: it is not enabled.`,
  wants: 'A unit that must run is pulled in by a target, a socket, a timer or a path.',
  remedy: 'systemctl enable it where it is installed: started by hand it is gone after a reboot.',
})

export const serviceEnabledMasked = rule({
  id: 'boot/service-enabled-masked',
  level: 'error',
  reference: unitManual,
  says: ({ unit }: { unit: string }) => `${unit} is declared, and masked: nothing can start it.`,
  wants: 'A unit that must run is not masked.',
  remedy: 'systemctl unmask it, and find out who masked it, and why.',
})

export const serviceEnabledMissing = rule({
  id: 'boot/service-enabled-missing',
  level: 'error',
  reference: unitManual,
  says: ({ unit }: { unit: string }) => `${unit} is declared, and there is no such unit.`,
  wants: 'A unit that must run is installed.',
  remedy: 'Install its package, or correct the name.',
})

export const serviceEnabledVain = rule({
  id: 'boot/service-enabled-vain',
  level: 'error',
  reference: unitManual,
  says: ({ unit, by, target }: { unit: string; by: string; target: string }) =>
    `${unit} is declared, and enabled for ${by} alone, which a boot to ${target} never reaches.`,
  wants: 'A unit that must run is pulled in by something that the boot reaches.',
  remedy: 'Correct WantedBy= in its [Install], then systemctl reenable it.',
})

/** An instance that a program starts by a configuration of its own: postgresql-generator those of `postgresql@.service`. */
function isGenerated(unit: string, paths: NamedPaths): boolean {
  const [, template] = /^([^@]+)@.+\.service$/.exec(unit) ?? []
  return (
    template !== undefined &&
    [...paths.keys()].some((path) => path.endsWith(`/system-generators/${template}-generator`))
  )
}

/** What is declared must be started by the boot: enabled, not masked, and there. */
export const serviceEnabled = staticCheck({
  id: 'boot/service-enabled',
  rules: [serviceEnabledNot, serviceEnabledMasked, serviceEnabledMissing, serviceEnabledVain],
  *run({ declared, files: { units, paths } }) {
    for (const unit of [...declared.services.map((each) => each.unit), ...declared.timers]) {
      const file = units.byName.get(unit)
      if ((file === undefined || !isPulledIn(units, unit)) && isGenerated(unit, paths)) continue
      if (file === undefined || file.state === 'missing') yield serviceEnabledMissing.at(unit, { unit })
      else if (file.state === 'masked') yield serviceEnabledMasked.at(unit, { unit })
      else if (!isPulledIn(units, unit)) {
        const by = vainPullers(units, unit)
        // A boot that leads elsewhere is another check's.
        const target = units.defaultTarget ?? 'graphical.target'
        if (by.length === 0) yield serviceEnabledNot.at(unit, { unit })
        else if (!by.includes(declared.target)) yield serviceEnabledVain.at(unit, { unit, by: by.join(', '), target })
      }
    }
  },
  examples: [
    {
      title: 'enabled',
      given: sketch({
        declared: { services: [{ unit: 'web.service' }] },
        units: [{ name: 'web.service', pulledInBy: ['multi-user.target'] }],
      }),
      yields: [],
    },
    {
      title: 'an instance that a generator starts',
      given: sketch({
        declared: { services: [{ unit: 'db@main.service' }] },
        units: [{ name: 'db@.service' }],
        paths: { '/usr/lib/systemd/system-generators/db-generator': {} },
      }),
      yields: [],
    },
    {
      title: 'started by its socket',
      given: sketch({
        declared: { services: [{ unit: 'web.service' }] },
        units: [{ name: 'web.service' }, { name: 'web.socket', pulledInBy: ['sockets.target'] }],
      }),
      yields: [],
    },
    {
      title: 'disabled',
      given: sketch({ declared: { services: [{ unit: 'web.service' }] }, units: [{ name: 'web.service' }] }),
      yields: [serviceEnabledNot],
    },
    {
      title: 'a timer that nobody enabled',
      given: sketch({ declared: { timers: ['night.timer'] }, units: [{ name: 'night.timer' }] }),
      yields: [serviceEnabledNot],
    },
    {
      title: 'masked',
      given: sketch({
        declared: { services: [{ unit: 'web.service' }] },
        units: [{ name: 'web.service', state: 'masked', pulledInBy: ['multi-user.target'] }],
      }),
      yields: [serviceEnabledMasked],
    },
    {
      title: 'enabled for a target that nobody reaches',
      given: sketch({
        declared: { services: [{ unit: 'web.service' }] },
        units: [{ name: 'web.service', pulledInBy: ['graphical.target'] }],
      }),
      yields: [serviceEnabledVain],
    },
    {
      title: 'not installed',
      given: sketch({ declared: { services: [{ unit: 'web.service' }] } }),
      yields: [serviceEnabledMissing],
    },
  ],
})
