import { rule } from '../../kernel/index.ts'
import { known } from '../live/live-host.ts'
import { systemctl } from '../live/references.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

export const unitFailedNotAllowed = rule({
  id: 'boot/unit-failed-not-allowed',
  level: 'error',
  reference: systemctl,
  says: ({ unit, result }: { unit: string; result: string }) => `${unit} failed in the boot (${result}).`,
  wants: 'No unit fails in a boot but those of allowFailed.',
  remedy: 'journalctl -b -u it; name it in allowFailed when the host is well without it.',
})

export const unitFailedDegraded = rule({
  id: 'boot/unit-failed-degraded',
  level: 'error',
  reference: systemctl,
  says: ({ state }: { state: string }) => `systemd says that the host is ${state}, and names no failed unit.`,
  wants: 'A host is running after a boot.',
  remedy: 'systemctl --failed --all, and the journal of the boot.',
})

/** No unit failed that may not, whether anybody declared it or not. */
export const unitFailed = liveCheck({
  id: 'boot/unit-failed',
  rules: [unitFailedNotAllowed, unitFailedDegraded],
  *run(given) {
    const host = hostAfter(given)
    const failed = known(host.units, 'units').filter(({ active }) => active === 'failed')
    // Of a declared service its own check tells.
    const told = [...given.declared.allowFailed, ...given.declared.services.map(({ unit }) => unit)]
    for (const { name, result } of failed) {
      if (!told.includes(name)) yield unitFailedNotAllowed.at(name, { unit: name, result })
    }
    const { state } = known(host.system, "systemd's state")
    if (state === 'degraded' && failed.length === 0) yield unitFailedDegraded.at('systemd', { state })
  },
  examples: [
    { title: 'none failed', given: lived({}), yields: [] },
    {
      title: 'one that may',
      given: lived({
        declared: { allowFailed: ['fwupd.service'] },
        after: {
          system: { state: 'degraded', defaultTarget: 'multi-user.target', targets: ['multi-user.target'], jobs: 0 },
          units: [{ name: 'fwupd.service', active: 'failed', result: 'exit-code' }],
        },
      }),
      yields: [],
    },
    {
      title: 'a mount that failed',
      given: lived({ after: { units: [{ name: 'srv.mount', active: 'failed', result: 'exit-code' }] } }),
      yields: [unitFailedNotAllowed],
    },
    {
      title: 'degraded, and nobody knows why',
      given: lived({
        after: {
          system: { state: 'degraded', defaultTarget: 'multi-user.target', targets: ['multi-user.target'], jobs: 0 },
        },
      }),
      yields: [unitFailedDegraded],
    },
  ],
})
