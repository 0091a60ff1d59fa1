import { rule } from '../../kernel/index.ts'
import { known } from '../live/live-host.ts'
import { bootup } from '../live/references.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

export const targetLiveOther = rule({
  id: 'boot/target-live-other',
  level: 'error',
  reference: bootup,
  says: ({ target, declared }: { target: string; declared: string }) =>
    `The host boots to ${target}, and ${declared} is declared.`,
  wants: 'The default target is the declared one, or one that pulls it in.',
  remedy: 'systemctl set-default it: rescue.target was meant for one boot.',
})

export const targetLiveNotReached = rule({
  id: 'boot/target-live-not-reached',
  level: 'error',
  reference: bootup,
  says: ({ declared, active }: { declared: string; active: string }) =>
    `The boot did not reach ${declared}; active targets: ${active}.`,
  wants: 'A boot reaches the declared target.',
  remedy: 'Look what stands in its way: systemctl list-dependencies, and the failed units and mounts.',
})

/** What pulls in what, of the targets that hosts are led to. */
const includes: Readonly<Record<string, readonly string[]>> = { 'graphical.target': ['multi-user.target'] }

const settled = { state: 'running', targets: ['multi-user.target'], jobs: 0 }

/** The boot leads to the declared target, and gets there. */
export const targetLive = liveCheck({
  id: 'boot/target-live',
  rules: [targetLiveOther, targetLiveNotReached],
  *run(given) {
    const { declared } = given
    const { defaultTarget, targets } = known(hostAfter(given).system, "systemd's state")
    if (defaultTarget !== declared.target && includes[defaultTarget]?.includes(declared.target) !== true) {
      yield targetLiveOther.at('default.target', { target: defaultTarget, declared: declared.target })
    } else if (!targets.includes(declared.target)) {
      const active = targets.join(', ') || 'none'
      yield targetLiveNotReached.at(declared.target, { declared: declared.target, active })
    }
  },
  examples: [
    { title: 'the declared one', given: lived({}), yields: [] },
    {
      title: 'one that pulls it in',
      given: lived({ after: { system: { ...settled, defaultTarget: 'graphical.target' } } }),
      yields: [],
    },
    {
      title: 'left in rescue',
      given: lived({ after: { system: { ...settled, defaultTarget: 'rescue.target', targets: ['rescue.target'] } } }),
      yields: [targetLiveOther],
    },
    {
      title: 'stopped on the way',
      given: lived({
        after: { system: { ...settled, defaultTarget: 'multi-user.target', targets: ['emergency.target'] } },
      }),
      yields: [targetLiveNotReached],
    },
  ],
})
