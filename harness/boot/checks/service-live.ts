import { rule } from '../../kernel/index.ts'
import type { LiveUnit } from '../live/live-host.ts'
import { known } from '../live/live-host.ts'
import { serviceManual, systemctl } from '../live/references.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { unitManual } from '../references.ts'
import { lived } from '../testing/lived.ts'

export const serviceLiveNotLoaded = rule({
  id: 'boot/service-live-not-loaded',
  level: 'error',
  reference: unitManual,
  says: ({ unit, load }: { unit: string; load: string }) => `systemd does not load ${unit}: its load state is ${load}.`,
  inherent: true,
  wants: 'Each declared unit is loaded.',
  remedy: 'systemd-analyze verify --man=no names the line: a second ExecStart in a drop-in, a missing command, a typo.',
})

export const serviceLiveMasked = rule({
  id: 'boot/service-live-masked',
  level: 'error',
  reference: systemctl,
  says: ({ unit }: { unit: string }) => `${unit} is masked: nothing can start it.`,
  inherent: true,
  wants: 'A declared unit is not masked.',
  remedy: 'systemctl unmask it, and find out who masked it, and why.',
})

export const serviceLiveDisabled = rule({
  id: 'boot/service-live-disabled',
  level: 'error',
  reference: systemctl,
  says: ({ unit, active }: { unit: string; active: string }) =>
    `${unit} is ${active} after the boot: it is disabled, so that nothing started it.`,
  inherent: true,
  wants: 'A declared unit is started by the boot.',
  remedy: 'systemctl enable it where it is installed: started by hand it is gone after a reboot.',
})

export const serviceLiveFailed = rule({
  id: 'boot/service-live-failed',
  level: 'error',
  reference: serviceManual,
  says: ({ unit, result }: { unit: string; result: string }) => `${unit} failed in the boot (${result}).`,
  wants: 'A declared unit is active after a boot.',
  remedy: 'journalctl -b -u it: a unit that works when it is started by hand may lack its mount or network at boot.',
})

export const serviceLiveInactive = rule({
  id: 'boot/service-live-inactive',
  level: 'error',
  reference: systemctl,
  says: ({ unit, active }: { unit: string; active: string }) => `${unit} is ${active} after the boot.`,
  wants: 'A declared unit is active after a boot, and not only before it.',
  remedy:
    'Look whether what it needs came up (systemctl list-dependencies): a lost mount takes it along and fails nothing.',
})

export const serviceLiveRestarted = rule({
  id: 'boot/service-live-restarted',
  level: 'warning',
  reference: serviceManual,
  says: ({ unit, restarts }: { unit: string; restarts: number }) =>
    `${unit} ended and was started again ${restarts} times in the boot.`,
  wants: 'A declared unit stays up once it was started.',
  remedy: 'journalctl -b -u it: order it After= what it needs, or let it wait for that; Restart= only hides it.',
})

const notThere: readonly string[] = ['not-found', 'bad-setting', 'error', 'merged']

/** Each declared service runs after the boot. A oneshot that has ended well is taken for running. */
export const serviceLive = liveCheck({
  id: 'boot/service-live',
  rules: [
    serviceLiveNotLoaded,
    serviceLiveMasked,
    serviceLiveDisabled,
    serviceLiveFailed,
    serviceLiveInactive,
    serviceLiveRestarted,
  ],
  applies: ({ declared }) => declared.services.length > 0,
  *run(given) {
    for (const { unit } of given.declared.services) {
      const found = known(hostAfter(given).units, 'units').find(({ name }) => name === unit)
      if (found !== undefined) yield* judge(unit, found)
      else yield serviceLiveNotLoaded.at(unit, { unit, load: 'not told' })
    }
  },
  examples: [
    {
      title: 'running',
      given: lived({ declared: { services: [{ unit: 'web.service' }] }, after: { units: [{ name: 'web.service' }] } }),
      yields: [],
    },
    {
      title: 'a oneshot that ran and ended well',
      given: lived({
        declared: { services: [{ unit: 'once.service' }] },
        after: { units: [{ name: 'once.service', active: 'inactive', ran: true }] },
      }),
      yields: [],
    },
    {
      title: 'a second ExecStart in a drop-in',
      given: lived({
        declared: { services: [{ unit: 'web.service' }] },
        after: { units: [{ name: 'web.service', load: 'bad-setting', active: 'inactive' }] },
      }),
      yields: [serviceLiveNotLoaded],
    },
    {
      title: 'masked',
      given: lived({
        declared: { services: [{ unit: 'web.service' }] },
        after: { units: [{ name: 'web.service', load: 'masked', active: 'inactive', enabled: 'masked' }] },
      }),
      yields: [serviceLiveMasked],
    },
    {
      title: 'started by hand before the boot, and never enabled',
      given: lived({
        declared: { services: [{ unit: 'web.service' }] },
        before: { units: [{ name: 'web.service', enabled: 'disabled' }] },
        after: { units: [{ name: 'web.service', active: 'inactive', enabled: 'disabled' }] },
      }),
      yields: [serviceLiveDisabled],
    },
    {
      title: 'failed',
      given: lived({
        declared: { services: [{ unit: 'web.service' }] },
        after: { units: [{ name: 'web.service', active: 'failed', result: 'exit-code' }] },
      }),
      yields: [serviceLiveFailed],
    },
    {
      title: 'started again and again',
      given: lived({
        declared: { services: [{ unit: 'web.service' }] },
        after: { units: [{ name: 'web.service', active: 'activating', restarts: 4 }] },
      }),
      yields: [serviceLiveRestarted, serviceLiveInactive],
    },
    {
      title: 'enabled, and its mount did not come',
      given: lived({
        declared: { services: [{ unit: 'web.service' }] },
        after: { units: [{ name: 'web.service', active: 'inactive' }] },
      }),
      yields: [serviceLiveInactive],
    },
  ],
})

function* judge(unit: string, { load, active, enabled, result, ran, restarts }: LiveUnit) {
  if (restarts > 0) yield serviceLiveRestarted.at(unit, { unit, restarts })
  if (load === 'masked') yield serviceLiveMasked.at(unit, { unit })
  else if (notThere.includes(load)) yield serviceLiveNotLoaded.at(unit, { unit, load })
  else if (active === 'failed') yield serviceLiveFailed.at(unit, { unit, result })
  else if (active === 'active' || active === 'reloading' || (ran && active === 'inactive' && result === 'success'))
    return
  else if (enabled === 'disabled') yield serviceLiveDisabled.at(unit, { unit, active })
  else yield serviceLiveInactive.at(unit, { unit, active })
}
