import { rule } from '../../kernel/index.ts'
import { bootup } from '../live/references.ts'
import { liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

export const bootEndedMaintenance = rule({
  id: 'boot/boot-ended-maintenance',
  level: 'error',
  reference: bootup,
  says: ({ targets }: { targets: string }) =>
    `The boot ended in a shell for emergencies (${targets}): nothing is served.`,
  wants: 'A boot ends with the host running.',
  remedy: 'Look at the mounts and devices that did not come: a mount that is not nofail takes the whole boot along.',
})

export const bootEndedConsole = rule({
  id: 'boot/boot-ended-console',
  level: 'error',
  reference: bootup,
  says: ({ words }: { words: string }) => `The boot got stuck before the root was there; the console says: ${words}`,
  wants: 'A boot ends with the host running.',
  remedy:
    'Read the console above these words: the root, its array or its key is missing in the initramfs or the boot loader.',
})

export const bootEndedLate = rule({
  id: 'boot/boot-ended-late',
  level: 'error',
  reference: bootup,
  says: ({ seconds, said }: { seconds: number; said: string }) =>
    `After ${seconds} s the boot had not ended; last seen: ${said}.`,
  wants: 'A boot ends within its limit.',
  remedy: 'Look at the jobs that are left (systemctl list-jobs) and at the console.',
})

export const bootEndedOff = rule({
  id: 'boot/boot-ended-off',
  level: 'error',
  reference: bootup,
  says: ({ seconds }: { seconds: number }) => `${seconds} s after it was started the host had turned itself off.`,
  wants: 'A boot ends with the host running.',
  remedy: 'Look at the default target, and for units whose FailureAction= or SuccessAction= is a power-off.',
})

/** The boot came to an end, and to a good one. */
export const bootEnded = liveCheck({
  id: 'boot/boot-ended',
  rules: [bootEndedMaintenance, bootEndedConsole, bootEndedOff, bootEndedLate],
  *run({ ended: { how, said, waitedMs }, after }) {
    if (how === 'console') yield bootEndedConsole.at('console', { words: said })
    else if (how === 'off') yield bootEndedOff.at('machine', { seconds: Math.round(waitedMs / 1000) })
    else if (how === 'late') yield bootEndedLate.at('systemd', { seconds: Math.round(waitedMs / 1000), said })
    else if (how === 'maintenance') {
      const active = after !== undefined && 'known' in after.system ? after.system.known.targets : []
      const shells = active.filter((name) => /^(?:emergency|rescue)\./.test(name)).join(', ')
      yield bootEndedMaintenance.at('systemd', { targets: shells || said })
    }
  },
  examples: [
    { title: 'running', given: lived({}), yields: [] },
    {
      title: 'degraded: failed units are for another check',
      given: lived({ ended: { said: 'degraded' } }),
      yields: [],
    },
    {
      title: 'an emergency shell',
      given: lived({ ended: { how: 'maintenance', said: 'maintenance' } }),
      yields: [bootEndedMaintenance],
    },
    {
      title: 'no root',
      given: lived({ after: null, ended: { how: 'console', said: '(initramfs)' } }),
      yields: [bootEndedConsole],
    },
    {
      title: 'it turned itself off',
      given: lived({ after: null, ended: { how: 'off', said: 'its power is gone' } }),
      yields: [bootEndedOff],
    },
    {
      title: 'it never ended',
      given: lived({ after: null, ended: { how: 'late', said: 'no answer', waitedMs: 120_000 } }),
      yields: [bootEndedLate],
    },
  ],
})
