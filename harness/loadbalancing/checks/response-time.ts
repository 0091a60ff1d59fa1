import { document, rule, SeatrialError } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import type { Bench } from '../bench/open-bench.ts'
import type { Quantile } from '../bench/quantile.ts'
import { quantile } from '../bench/quantile.ts'

const orderStatistics = document(
  'Site Reliability Engineering, service level objectives',
  'https://sre.google/sre-book/service-level-objectives/',
)

interface Told {
  readonly percentile: number
  readonly from: number
  readonly limit: number
}

export const responseTimeOver = rule({
  id: 'loadbalancing/response-time-over',
  level: 'error',
  reference: orderStatistics,
  says: ({ percentile, from, limit }: { percentile: number; from: number; limit: number }) =>
    `${percentile} % of the answers need at least ${from} ms, and ${limit} ms are the goal.`,
  wants: 'The goal for response times is met through the balancer.',
  remedy: 'Look for what waits: inspect delays, queues, name look-ups, a server that is slow alone.',
})

export const responseTimeRatio = rule({
  id: 'loadbalancing/response-time-ratio',
  level: 'error',
  reference: orderStatistics,
  says: ({ percentile, ratio, limit }: { percentile: number; ratio: number; limit: number }) =>
    `The ${percentile}th percentile is at least ${ratio} times that of the baseline; ${limit} times are allowed.`,
  wants: 'A release is not slower than the one before it by more than is allowed.',
  remedy: 'Compare both configurations; take a new baseline where it is meant to be slower.',
})

export interface TimesSeen {
  readonly percentile: number
  readonly goalMs: number
  readonly now: Quantile
  readonly baseline: Quantile | undefined
  readonly allowedRatio: number
  /** All of them, milliseconds. */
  readonly ms: readonly number[]
}

const visitors = 4
/** So many that the interval of the percentile has an upper end, and at least so many at once. */
const atOnce = (percentile: number): number => Math.max(40, Math.ceil((9 * percentile) / (100 - percentile)))
const batches = 8

/** Visitors ask until the percentile is known well enough to be held against the goal. */
export const responseTime = balancerProbe({
  id: 'loadbalancing/response-time',
  rules: [responseTimeOver, responseTimeRatio],
  expects: ({ expect: { responseTime: goal } }) =>
    goal === undefined ? notAsked('no goal for response times is set (expect.responseTime)') : { goal },
  async gather(bench, { goal }) {
    const { percentile, ms: goalMs, ratio: allowedRatio } = goal
    const baseline = bench.baseline && quantile(bench.baseline, percentile)
    await ask(bench, visitors)
    const ms: number[] = []
    for (let left = batches; ; left--) {
      ms.push(...(await ask(bench, atOnce(percentile))))
      const now = quantile(ms, percentile)
      const seen: TimesSeen = { percentile, goalMs, now, baseline, allowedRatio, ms }
      if (isClear(seen)) return seen
      if (left === 1) throw tooFew(now, percentile, ms.length)
    }
  },
  *run({ percentile, goalMs, now, baseline, allowedRatio }: TimesSeen) {
    if (now.from > goalMs) {
      yield responseTimeOver.at('answers', { percentile, from: Math.round(now.from), limit: goalMs } satisfies Told)
    }
    const ratio = baseline === undefined ? 0 : now.from / baseline.to
    if (ratio > allowedRatio) {
      yield responseTimeRatio.at('answers', { percentile, ratio: Number(ratio.toFixed(2)), limit: allowedRatio })
    }
  },
  artifacts: ({ ms }) => [
    {
      name: 'response-times.json',
      contentType: 'application/json',
      content: JSON.stringify({ ms: ms.map((each) => Number(each.toFixed(2))) }),
    },
  ],
  examples: [
    {
      title: 'below the goal, and as before',
      given: sketch({ now: { at: 20, from: 18, to: 24 }, baseline: { at: 19, from: 17, to: 22 } }),
      yields: [],
    },
    {
      title: 'above the goal for sure',
      given: sketch({ now: { at: 260, from: 240, to: 280 } }),
      yields: [responseTimeOver],
    },
    {
      title: 'below the goal, and twice as slow as before',
      given: sketch({ now: { at: 44, from: 40, to: 50 }, baseline: { at: 19, from: 17, to: 20 } }),
      yields: [responseTimeRatio],
    },
  ],
})

function sketch(given: Pick<TimesSeen, 'now'> & Partial<TimesSeen>): TimesSeen {
  return { percentile: 95, goalMs: 100, baseline: undefined, allowedRatio: 1.2, ms: [], ...given }
}

/** Neither the goal nor the allowed ratio lies inside of what is not known. */
function isClear({ now, goalMs, baseline, allowedRatio }: TimesSeen): boolean {
  const within = (limit: number, { from, to }: Pick<Quantile, 'from' | 'to'>): boolean => from <= limit && limit <= to
  if (within(goalMs, now)) return false
  return baseline === undefined || !within(allowedRatio, { from: now.from / baseline.to, to: now.to / baseline.from })
}

async function ask(bench: Bench, count: number): Promise<number[]> {
  const times: number[] = []
  let left = count
  await Promise.all(
    Array.from({ length: visitors }, async () => {
      while (left > 0) {
        // Visitors read a page or two and go: what only the first request of a connection meets is met by half of all.
        using visitor = bench.visitor()
        for (let page = 0; page < 2 && left > 0; page++) {
          left--
          const { ms, status, trouble } = await visitor.ask()
          if (status !== 200) throw notAnswered(trouble ?? `status ${status}`)
          times.push(ms)
        }
      }
    }),
  )
  return times
}

function notAnswered(why: string): SeatrialError {
  return new SeatrialError('SEATRIAL_NOT_ANSWERED', `a visitor whose time was to be taken was not answered: ${why}`, {
    mend: 'Mend that first.',
    because: 'prerequisite',
  })
}

function tooFew({ from, to }: Quantile, percentile: number, count: number): SeatrialError {
  const between = `between ${from.toFixed(1)} and ${to.toFixed(1)} ms`
  return new SeatrialError(
    'SEATRIAL_TIMES_UNCLEAR',
    `after ${count} answers the ${percentile}th percentile lies ${between}, and what it is held against lies there too`,
    { mend: 'Run it on a machine with less other work, or set a goal that is further away.', because: 'timeout' },
  )
}
