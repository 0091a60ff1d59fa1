import { check, rfc, rule } from '../../kernel/index.ts'
import type { Difference } from '../manifest/compare.ts'
import type { Seen, ServiceSeen } from '../seen.ts'

const unavailable = rfc(9110, '15.6.4')

export const serviceErrors = rule({
  id: 'recovery/service-errors',
  level: 'error',
  reference: unavailable,
  says: ({ errors, asked, first }: { errors: number; asked: number; first: string }) =>
    `Clients met ${errors} errors in ${asked} questions, the first was: ${first}.`,
  wants: 'While something is changed, clients are served or told to come back later, and meet no half of it.',
  remedy: 'Block traffic before the first change, and let it in again when the server was asked and answered.',
})

export const serviceStaysBlocked = rule({
  id: 'recovery/service-stays-blocked',
  level: 'error',
  reference: unavailable,
  says: () => 'The script has ended, the server is well, and clients are still told to come back later.',
  wants: 'Traffic that a script blocks comes back, however the script ends.',
  remedy: 'Let traffic in again from a trap on EXIT once the server answers as it should.',
})

export const serviceDown = rule({
  id: 'recovery/service-down',
  level: 'error',
  reference: unavailable,
  says: ({ status }: { status: string }) => `The script has ended, and the server does not serve: ${status}.`,
  wants: 'In the end the new version serves, or the old one.',
  remedy: 'Ask the server after the restart, and put the old version back when it does not answer as it should.',
})

/** What clients were answered while something was changed, and how the service was left. */
export const service = check({
  id: 'recovery/service',
  rules: [serviceErrors, serviceStaysBlocked, serviceDown],
  *run({ service: clients, differences = [] }: Seen) {
    if (clients === undefined) return
    const { errors, asked, firstError = 'no word' } = clients
    if (errors > 0) yield serviceErrors.at('service', { errors, asked, first: firstError })
    const found = (key: string, fact: string): string | undefined => {
      const one = differences.find((each) => each.kind === 'changed' && each.key === key && each.fact === fact)
      return one?.kind === 'changed' ? (one.found ?? 'none') : undefined
    }
    const status = found('service', 'status')
    if (status !== undefined) yield serviceDown.at('differences', { status })
    else if (found('traffic', 'blocked') === 'yes') yield serviceStaysBlocked.at('differences')
  },
  examples: [
    { title: 'nothing serves in this drill', given: seen(undefined), yields: [] },
    { title: 'served or told to come back', given: seen({ announced: 30 }), yields: [] },
    { title: 'a bad gateway', given: seen({ errors: 4, firstError: '502' }), yields: [serviceErrors] },
    {
      title: 'the server is well and blocked',
      given: seen({ announced: 90 }, { key: 'traffic', fact: 'blocked', wanted: 'no', found: 'yes' }),
      yields: [serviceStaysBlocked],
    },
    {
      title: 'the server answers 500',
      given: seen({ errors: 90 }, { key: 'service', fact: 'status', wanted: '200', found: '500' }),
      yields: [serviceErrors, serviceDown],
    },
  ],
})

function seen(
  clients: Partial<ServiceSeen> | undefined,
  ...differences: readonly Omit<Extract<Difference, { kind: 'changed' }>, 'kind'>[]
): Seen {
  return {
    drill: 'artifact-upgraded',
    procedure: 'upgrade-checked',
    possible: 'recovery',
    attempts: [{ verb: 'upgrade', said: 'done', exitCode: 0, durationMs: 900, output: '' }],
    differences: differences.map((each) => ({ kind: 'changed', ...each })),
    entries: 4,
    recoveryMs: 300,
    witnessed: [],
    ...(clients !== undefined && {
      service: { asked: 100, announced: 0, errors: 0, firstError: undefined, outageMs: 300, ...clients },
    }),
  }
}
