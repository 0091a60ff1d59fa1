import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { isPulledIn } from '../host/pulled-in.ts'
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

/** What is declared must be started by the boot: enabled, not masked, and there. */
export const serviceEnabled = staticCheck({
  id: 'boot/service-enabled',
  rules: [serviceEnabledNot, serviceEnabledMasked, serviceEnabledMissing],
  *run({ declared, files: { units } }) {
    for (const unit of [...declared.services.map((each) => each.unit), ...declared.timers]) {
      const file = units.byName.get(unit)
      if (file === undefined || file.state === 'missing') yield serviceEnabledMissing.at(unit, { unit })
      else if (file.state === 'masked') yield serviceEnabledMasked.at(unit, { unit })
      else if (!isPulledIn(units, unit)) yield serviceEnabledNot.at(unit, { unit })
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
      title: 'not installed',
      given: sketch({ declared: { services: [{ unit: 'web.service' }] } }),
      yields: [serviceEnabledMissing],
    },
  ],
})
