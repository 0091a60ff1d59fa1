import { rule } from '../../kernel/index.ts'
import { known } from '../live/live-host.ts'
import { timerManual } from '../live/references.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

export const timerLiveInactive = rule({
  id: 'boot/timer-live-inactive',
  level: 'error',
  reference: timerManual,
  says: ({ unit, active, enabled }: { unit: string; active: string; enabled: string }) =>
    `${unit} is ${active} after the boot (${enabled}): it will never elapse.`,
  wants: 'Each declared timer is active after a boot.',
  remedy: 'systemctl enable --now it; for one that is masked or not found, look who took it away.',
})

/** Timers that are declared wait for their time. */
export const timerLive = liveCheck({
  id: 'boot/timer-live',
  rules: [timerLiveInactive],
  applies: ({ declared }) => declared.timers.length > 0,
  *run(given) {
    for (const unit of given.declared.timers) {
      const found = known(hostAfter(given).units, 'units').find(({ name }) => name === unit)
      if (found?.active === 'active') continue
      const enabled = found?.load === 'loaded' ? found.enabled || 'no file' : (found?.load ?? 'not told')
      yield timerLiveInactive.at(unit, { unit, active: found?.active ?? 'not told', enabled })
    }
  },
  examples: [
    {
      title: 'active',
      given: lived({ declared: { timers: ['night.timer'] }, after: { units: [{ name: 'night.timer' }] } }),
      yields: [],
    },
    {
      title: 'disabled',
      given: lived({
        declared: { timers: ['night.timer'] },
        after: { units: [{ name: 'night.timer', active: 'inactive', enabled: 'disabled' }] },
      }),
      yields: [timerLiveInactive],
    },
  ],
})
