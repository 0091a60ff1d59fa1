import { rule } from '../../kernel/index.ts'
import { known } from '../live/live-host.ts'
import { bootup } from '../live/references.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { mountUnits } from '../references.ts'
import { lived } from '../testing/lived.ts'

export const bootWaitTimedOut = rule({
  id: 'boot/boot-wait-timed-out',
  level: 'error',
  reference: mountUnits,
  says: ({ unit, message }: { unit: string; message: string }) =>
    `The boot waited for ${unit} until its time was over: ${message}`,
  wants: 'A boot waits for nothing that never comes.',
  remedy: 'Correct the line that names it, or take the line away: each boot loses that time (90 s unless set).',
})

export const bootWaitSlow = rule({
  id: 'boot/boot-wait-slow',
  level: 'error',
  reference: bootup,
  says: ({ unit, seconds, limit }: { unit: string; seconds: number; limit: number }) =>
    `The boot waited ${seconds} s for ${unit}; the limit is ${limit} s.`,
  wants: 'No single job holds the boot up for longer than slowestJobSeconds.',
  remedy: 'Find out what it waits for (systemd-analyze critical-chain), or raise slowestJobSeconds.',
})

/** The boot is held up by nothing: a missing disk fails no unit, and costs each boot its time. */
export const bootWait = liveCheck({
  id: 'boot/boot-wait',
  rules: [bootWaitTimedOut, bootWaitSlow],
  *run(given) {
    const limit = given.declared.slowestJobSeconds * (given.slowness ?? 1)
    for (const { unit, result, seconds, message } of known(hostAfter(given).jobs, 'start jobs of the boot')) {
      if (result === 'timeout') yield bootWaitTimedOut.at(unit, { unit, message: message.replace(/\.?$/, '.') })
      else if (seconds !== undefined && seconds > limit) {
        yield bootWaitSlow.at(unit, { unit, seconds: Math.round(seconds), limit: Math.round(limit) })
      }
    }
  },
  examples: [
    {
      title: 'a job of a few seconds',
      given: lived({ after: { jobs: [{ unit: 'db.service', result: 'done', seconds: 4, message: '' }] } }),
      yields: [],
    },
    {
      title: 'a disk that never came',
      given: lived({
        after: {
          jobs: [
            {
              unit: 'dev-vdz.device',
              result: 'timeout',
              message: 'Timed out waiting for device dev-vdz.device - /dev/vdz.',
            },
            { unit: 'opt.mount', result: 'dependency', message: 'Dependency failed for opt.mount.' },
          ],
        },
      }),
      yields: [bootWaitTimedOut],
    },
    {
      title: 'a job that took a minute',
      given: lived({ after: { jobs: [{ unit: 'net.service', result: 'done', seconds: 61, message: '' }] } }),
      yields: [bootWaitSlow],
    },
    {
      title: 'the same in a place that is three times slower',
      given: lived({
        after: { jobs: [{ unit: 'net.service', result: 'done', seconds: 61, message: '' }] },
        slowness: 3,
      }),
      yields: [],
    },
  ],
})
