import { rule } from '../../kernel/index.ts'
import { known } from '../live/live-host.ts'
import { swapManual } from '../live/references.ts'
import { deviceOf } from '../live/same-source.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

export const swapLiveOff = rule({
  id: 'boot/swap-live-off',
  level: 'error',
  reference: swapManual,
  says: ({ source, on }: { source: string; on: string }) => `After the boot the swap ${source} is off; on: ${on}.`,
  wants: 'Each declared swap is on after a boot.',
  remedy: 'Correct its line of fstab: a swap whose disk is missing fails nothing and only costs the boot its time.',
})

/** Swap that is declared is on. */
export const swapLive = liveCheck({
  id: 'boot/swap-live',
  rules: [swapLiveOff],
  applies: ({ declared }) => declared.swaps.length > 0,
  *run(given) {
    for (const { source } of given.declared.swaps) {
      const host = hostAfter(given)
      const on = known(host.swaps, 'swaps')
      const device = deviceOf(source, host)
      const found = on.some((each) => each === source || deviceOf(each, host) === device)
      if (device === undefined || !found) yield swapLiveOff.at(source, { source, on: on.join(', ') || 'none' })
    }
  },
  examples: [
    {
      title: 'on, by its UUID',
      given: lived({
        declared: { swaps: [{ source: 'UUID=5a' }] },
        after: { swaps: ['/dev/vdc'], names: { 'UUID=5a': '/dev/vdc' } },
      }),
      yields: [],
    },
    {
      title: 'its disk is missing',
      given: lived({ declared: { swaps: [{ source: 'UUID=5a' }] } }),
      yields: [swapLiveOff],
    },
    {
      title: 'another one is on',
      given: lived({ declared: { swaps: [{ source: '/swapfile' }] }, after: { swaps: ['/dev/vdc'] } }),
      yields: [swapLiveOff],
    },
  ],
})
