import { rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import type { Bench } from '../bench/open-bench.ts'
import { arrivals, served } from '../bench/served.ts'
import { apacheManual } from '../references.ts'

/** Visitors beyond the limit, who are to wait. */
const beyond = 4
/** Balancers that start workers when they need them have more of them each time. */
const mostRounds = 5

export const workerLimitCut = rule({
  id: 'loadbalancing/worker-limit-cut',
  level: 'error',
  reference: apacheManual('mod/mpm_common.html#serverlimit', 'ServerLimit'),
  says: ({ complaint }: { complaint: string }) => `A limit is not what was written: ${complaint}`,
  wants: 'The limits that are written are those that hold.',
  remedy: 'Raise what bounds it as well: ServerLimit and ThreadLimit, worker_rlimit_nofile, the limit of open files.',
  inherent: true,
})

export const workerLimitLow = rule({
  id: 'loadbalancing/worker-limit-low',
  level: 'error',
  reference: apacheManual('mod/mpm_common.html#maxrequestworkers', 'MaxRequestWorkers'),
  says: ({ held, limit }: { held: number; limit: number }) =>
    `${held} requests are worked on at once, and ${limit} are expected: the others waited for them to end.`,
  wants: 'As many requests are worked on at once as are expected.',
  remedy:
    'Raise MaxRequestWorkers, with ServerLimit and ThreadsPerChild that allow it; maxconn and max_conns of servers.',
})

export const workerLimitHigh = rule({
  id: 'loadbalancing/worker-limit-high',
  level: 'error',
  reference: apacheManual('mod/mpm_common.html#maxrequestworkers', 'MaxRequestWorkers'),
  says: ({ held, limit }: { held: number; limit: number }) =>
    `${held} requests are worked on at once, and ${limit} should be the limit.`,
  wants: 'What comes beyond the limit waits, as nobody has reckoned with it: neither memory nor servers.',
  remedy: 'Lower the limit to what was reckoned with, or reckon with more.',
})

export interface WorkerLimitSeen {
  readonly limit: number
  /** What the balancer says of limits that it does not keep to. */
  readonly complaints: readonly string[]
  /** Requests that were at servers at the same time, of some more than the limit. */
  readonly held: number
}

/** More requests than the limit at once, before servers that take their time: how many come to them before the first is answered. */
export const workerLimit = balancerProbe({
  id: 'loadbalancing/worker-limit',
  rules: [workerLimitCut, workerLimitLow, workerLimitHigh],
  expects: ({ expect: { workers } }) =>
    workers === undefined ? notAsked('no limit of workers is expected (expect.workers)') : { workers },
  async gather(bench, { workers }) {
    const { limit } = workers
    let held = 0
    for (let round = 0; round < mostRounds; round++) {
      const now = await holdAtOnce(bench, limit)
      const grows = now > held
      held = Math.max(held, now)
      if (held >= limit || !grows) break
    }
    return { limit, held, complaints: bench.balancer.tested.complaints.filter(isOfLimit) }
  },
  *run({ limit, complaints, held }: WorkerLimitSeen) {
    for (const complaint of complaints) yield workerLimitCut.at('configuration', { complaint })
    if (held < limit) yield workerLimitLow.at('requests', { held, limit })
    if (held > limit) yield workerLimitHigh.at('requests', { held, limit })
  },
  examples: [
    { title: 'as written', given: { limit: 32, held: 32, complaints: [] }, yields: [] },
    {
      title: 'cut, with a warning that nobody reads',
      given: { limit: 300, held: 256, complaints: ['AH00180: WARNING: MaxRequestWorkers of 300 exceeds ServerLimit'] },
      yields: [workerLimitCut, workerLimitLow],
    },
    { title: 'cut silently', given: { limit: 32, held: 16, complaints: [] }, yields: [workerLimitLow] },
    { title: 'none', given: { limit: 32, held: 36, complaints: [] }, yields: [workerLimitHigh] },
  ],
})

/** `MaxRequestWorkers of 300 exceeds ServerLimit`, `1024 worker_connections exceed open file resource limit: 512`. */
function isOfLimit(complaint: string): boolean {
  return /\bexceeds?\b.*limit|FD limit|file limit/i.test(complaint)
}

/** Requests that were at servers at the same time. */
async function holdAtOnce(bench: Bench, limit: number): Promise<number> {
  const delayMs = Math.min(3_000 + 20 * limit, 10_000)
  await bench.behave(Object.fromEntries(bench.setup.servers.map(({ id }) => [id, { delayMs }])))
  using all = new DisposableStack()
  const visits = Array.from({ length: limit + beyond }, () => `held-${crypto.randomUUID()}`)
  const asked = visits.map((visit) => all.use(bench.visitor({ deadlineMs: 4 * delayMs })).ask({ visit }))
  const count = async (): Promise<number> => {
    const came = await arrivals(bench)
    const times = visits.flatMap((visit) => came.get(visit)?.at ?? [])
    const firstAnswer = Math.min(...times) + delayMs
    return times.filter((at) => at < firstAnswer).length
  }
  // Who is refused is answered earlier, and by no server. When nobody is served, nobody has come to one.
  await Promise.any(asked.map(async (answer) => served(await answer))).catch(() => undefined)
  const held = await count()
  // Who waits would be among those of the next round.
  if (held < limit) await Promise.all(asked)
  return held
}
