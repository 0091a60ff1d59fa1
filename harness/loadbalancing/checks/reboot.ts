import { rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { cookiePair } from '../bench/cookies.ts'
import { haproxyManagement } from '../references.ts'

export const rebootSilent = rule({
  id: 'loadbalancing/reboot-silent',
  level: 'error',
  reference: haproxyManagement('3-starting'),
  says: ({ why }: { why: string }) => `After a restart of its host the balancer answers nobody: ${why}.`,
  wants: 'A balancer that comes back answers as it did before.',
  remedy: 'Keep nothing that it needs in /run or /tmp: they are empty after a boot.',
})

export const rebootForgot = rule({
  id: 'loadbalancing/reboot-forgot',
  level: 'error',
  reference: haproxyManagement('3-starting'),
  says: ({ before, after }: { before: string; after: string }) =>
    `A visitor who was at ${before} is sent to ${after} after a restart of the balancer's host, with the same cookie.`,
  wants: 'Visitors stay at their servers when the balancer has been restarted.',
  remedy: 'Let the cookie itself name the server: what stands in memory, such as a stick table, is gone.',
})

export interface RebootSeen {
  /** Why nobody answered, when nobody did. */
  readonly silent: string | undefined
  readonly before: string | undefined
  readonly after: string | undefined
  readonly sticky: boolean
}

/** The host of the balancer goes down hard and comes up: visitors are answered, and those who stay stay. */
export const reboot = balancerProbe({
  id: 'loadbalancing/reboot',
  rules: [rebootSilent, rebootForgot],
  expects: ({ expect: { reboot: wanted, sticky } }) =>
    wanted ? { sticky } : notAsked('it need not come back by itself (expect.reboot)'),
  async gather(bench, { sticky }) {
    using first = bench.visitor()
    const before = await first.ask()
    const pair = sticky === undefined ? undefined : cookiePair(before, sticky.cookie)
    const { exitCode, complaints } = await bench.balancer.reboot()
    if (exitCode !== 0) {
      return {
        silent: complaints[0] ?? `exit code ${exitCode}`,
        before: before.server,
        after: undefined,
        sticky: false,
      }
    }
    using second = bench.visitor()
    const after = await second.ask(pair === undefined ? {} : { fields: { Cookie: pair } })
    return {
      silent: after.status === 200 ? undefined : (after.trouble ?? `status ${after.status}`),
      before: before.server,
      after: after.server,
      sticky: pair !== undefined,
    }
  },
  *run({ silent, before = 'none', after = 'none', sticky }: RebootSeen) {
    if (silent !== undefined) yield rebootSilent.at('answer', { why: silent })
    else if (sticky && before !== after) yield rebootForgot.at('answer.server', { before, after })
  },
  examples: [
    { title: 'back', given: { silent: undefined, before: 'app/a', after: 'app/a', sticky: true }, yields: [] },
    {
      title: 'another server, and no cookie',
      given: { silent: undefined, before: 'app/a', after: 'app/b', sticky: false },
      yields: [],
    },
    {
      title: 'its certificate was in /run',
      given: { silent: 'unable to stat SSL certificate', before: 'app/a', after: undefined, sticky: true },
      yields: [rebootSilent],
    },
    {
      title: 'its table was in memory',
      given: { silent: undefined, before: 'app/a', after: 'app/b', sticky: true },
      yields: [rebootForgot],
    },
  ],
})
