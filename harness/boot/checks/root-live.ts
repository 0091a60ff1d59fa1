import { rule } from '../../kernel/index.ts'
import { mountManual } from '../live/references.ts'
import { mountAt } from '../live/same-source.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

export const rootLiveReadOnly = rule({
  id: 'boot/root-live-read-only',
  level: 'error',
  reference: mountManual,
  says: () => 'The root is mounted read-only after the boot.',
  wants: 'The root can be written to, unless / is declared with the option ro.',
  remedy:
    "Look whether the root's line in fstab names the root: one with another UUID leaves it as the kernel mounted it.",
})

/** The root is made writable by the boot, which needs its line of fstab. */
export const rootLive = liveCheck({
  id: 'boot/root-live',
  rules: [rootLiveReadOnly],
  *run(given) {
    const wanted = given.declared.mounts.find(({ at }) => at === '/')?.options.includes('ro') === true
    const root = mountAt('/', hostAfter(given))
    if (!wanted && root?.options.includes('ro') === true) yield rootLiveReadOnly.at('/')
  },
  examples: [
    { title: 'writable', given: lived({}), yields: [] },
    {
      title: 'read-only',
      given: lived({ after: { mounts: [{ at: '/', options: ['ro'] }] } }),
      yields: [rootLiveReadOnly],
    },
    {
      title: 'read-only, as it is declared',
      given: lived({
        declared: { mounts: [{ at: '/', options: ['ro'] }] },
        after: { mounts: [{ at: '/', options: ['ro'] }] },
      }),
      yields: [],
    },
  ],
})
