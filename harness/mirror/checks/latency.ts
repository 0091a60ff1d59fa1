import { check, rule } from '../../kernel/index.ts'
import { darkLaunching } from '../references.ts'
import type { MirrorSeen } from '../seen.ts'
import { seeing } from '../testing/seeing.ts'

type Evidence = {
  readonly ratio: number
  readonly from: number
  readonly to: number
  readonly pairs: number
  readonly slowest: number
}

export const latencySlower = rule({
  id: 'mirror/latency-slower',
  level: 'error',
  reference: darkLaunching,
  says: ({ ratio, from, to, pairs, slowest }: Evidence) =>
    `The candidate takes ${times(ratio)} the time for the same request (${times(from)} to ${times(to)} with 99 % confidence, ${pairs} pairs), and ${times(slowest)} is allowed.`,
  wants: 'The candidate is about as quick as what it follows.',
  remedy: 'Find out what it does longer; if that is the price of what it does, raise --slowest.',
})

/** Whether the candidate is as quick, in pairs of the same request. */
export const latency = check({
  id: 'mirror/latency',
  rules: [latencySlower],
  *run({ latency: seen, slowest }: MirrorSeen) {
    // The whole interval must lie above: one that reaches over the limit says that it may be so.
    if (seen !== undefined && seen.from > slowest) yield latencySlower.at('candidate', { ...seen, slowest })
  },
  examples: [
    { title: 'as quick', given: seeing(), yields: [] },
    { title: 'too few to tell', given: seeing({ latency: undefined }), yields: [] },
    {
      title: 'perhaps too slow',
      given: seeing({ latency: { pairs: 9, ratio: 2, from: 1.2, to: 3 } }),
      yields: [],
    },
    {
      title: 'twice as slow',
      given: seeing({ latency: { pairs: 900, ratio: 2, from: 1.9, to: 2.1 } }),
      yields: [latencySlower],
    },
  ],
})

function times(ratio: number): string {
  return `${ratio.toFixed(2)} times`
}
