import { rule, SeatrialError, waitFor } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import type { Bench } from '../bench/open-bench.ts'
import { arrivals } from '../bench/served.ts'
import { haproxyManual } from '../references.ts'

const usualVisitors = 40
/** Long enough to look who waits and let them go, short enough that no queue gives up by itself before. */
const answerMs = 700

export const leaversServed = rule({
  id: 'loadbalancing/leavers-served',
  level: 'error',
  reference: haproxyManual('4.2-option abortonclose'),
  says: ({ reached, left }: { reached: number; left: number }) =>
    `${left} visitors left the queue, and ${reached} of their requests were passed on to a server afterwards.`,
  wants: 'Nobody works for visitors who are gone, and who waits behind them is served earlier.',
  remedy: 'Let the balancer look whether a visitor in its queue is still there: option abortonclose.',
})

export interface LeaversSeen {
  /** Visitors who went away before a server had seen their request. */
  readonly left: number
  /** How many of those requests came to a server when they were gone. */
  readonly reached: number
}

/** All servers are busy; who still waits goes away; when the servers are free again, they never hear of those requests. */
export const leavers = balancerProbe({
  id: 'loadbalancing/leavers',
  rules: [leaversServed],
  expects: ({ expect: { leavers: expected, queue } }) =>
    expected === undefined ? notAsked('who leaves may be served (expect.leavers)') : { queue },
  async gather(bench, { queue }) {
    await bench.behave(Object.fromEntries(bench.setup.servers.map(({ id }) => [id, { delayMs: answerMs }])))
    const all = Array.from({ length: queue?.visitors ?? usualVisitors }, () => {
      const one = bench.visitor()
      const visit = `leaver-${crypto.randomUUID()}`
      return { one, visit, answer: one.ask({ visit }) }
    })
    try {
      const busy = await resting(bench)
      const waiting = all.filter(({ visit }) => !busy.has(visit))
      for (const { one } of waiting) one.leave()
      // Some of them may have come to a server while they went.
      const before = await resting(bench)
      const left = waiting.filter(({ visit }) => !before.has(visit))
      if (left.length === 0) {
        throw new SeatrialError('SEATRIAL_NO_QUEUE', `all ${all.length} visitors found room at the servers`, {
          mend: 'Let more come than the servers can take at once: expect.queue.visitors.',
          because: 'prerequisite',
        })
      }
      await Promise.all(all.map(({ answer }) => answer))
      await last(bench)
      const after = await arrivals(bench)
      return { left: left.length, reached: left.filter(({ visit }) => after.has(visit)).length }
    } finally {
      for (const { one } of all) one[Symbol.dispose]()
    }
  },
  *run({ left, reached }: LeaversSeen) {
    if (reached > 0) yield leaversServed.at('queue', { left, reached })
  },
  examples: [
    { title: 'forgotten', given: { left: 24, reached: 0 }, yields: [] },
    { title: 'served though nobody listens', given: { left: 24, reached: 24 }, yields: [leaversServed] },
  ],
})

/** The visits that came to servers, when no more come. */
async function resting(bench: Bench): Promise<ReadonlySet<string>> {
  let before = -1
  return waitFor(
    'servers to get no more requests',
    async () => {
      const seen = new Set((await arrivals(bench)).keys())
      if (seen.size > 0 && seen.size === before) return { done: seen }
      before = seen.size
      return { seen: `${seen.size} requests` }
    },
    { deadlineMs: 10_000, everyMs: 50, signal: bench.signal },
  )
}

/** Who comes last is served last: when he is, those who queued before him have been, or never will be. */
async function last(bench: Bench): Promise<void> {
  await waitFor(
    'visitors behind those who left to be served',
    async () => {
      using one = bench.visitor()
      const { server, status, trouble } = await one.ask()
      return server === undefined ? { seen: trouble ?? `status ${status}` } : { done: true }
    },
    { deadlineMs: 15_000, signal: bench.signal },
  )
}
