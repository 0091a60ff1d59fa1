import { rule, waitFor } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { byServer } from '../bench/ask-each.ts'
import { withOutages } from '../bench/health.ts'
import { startLoad } from '../bench/load.ts'
import { oneOfSeveral, regulars } from '../bench/pool.ts'
import { served } from '../bench/served.ts'
import { haproxyManual } from '../references.ts'

/** Of an equal share: 20 % of the requests where there are two servers. */
const spared = 0.4
const visitors = 8
const requests = 200
/** So slow that a busy machine is not as slow with the others. */
const slowMs = 1_500

export const slowServerLoaded = rule({
  id: 'loadbalancing/slow-server-loaded',
  level: 'error',
  reference: haproxyManual('4.2-balance'),
  says: ({ server, got, asked, most }: { server: string; got: number; asked: number; most: number }) =>
    `${server} takes ${slowMs} ms for an answer, and gets ${got} of ${asked} requests; ${most} are bearable.`,
  wants: 'A server that is slow gets at most 40 % of an equal share: 20 % of the requests, if it is one of two.',
  remedy: 'Balance by what is under way at each server: balance leastconn.',
})

export interface SlowServerSeen {
  readonly slow: string
  readonly servers: number
  readonly got: number
  readonly asked: number
}

/** One server becomes slow, and visitors who ask one request after another are led around it. */
export const slowServer = balancerProbe({
  id: 'loadbalancing/slow-server',
  rules: [slowServerLoaded],
  expects: ({ expect }) => (expect.sparesSlow ? {} : notAsked('slow servers need not be spared (expect.sparesSlow)')),
  async gather(bench) {
    const servers = await regulars(bench, 2)
    const { server: slow } = await oneOfSeveral(bench)
    await bench.behave({ [slow]: { delayMs: slowMs } })
    const answers = await withOutages(bench, 0, async () => {
      await using load = startLoad(bench, { visitors })
      await waitFor(
        `${requests} answers, or too many of ${slow}`,
        () => {
          const count = load.answers.length
          const slows = load.answers.filter(({ server }) => server === slow).length
          return count < requests && slows <= bearable(requests, servers.length)
            ? { seen: `${count} answers` }
            : { done: true }
        },
        { deadlineMs: 60_000, signal: bench.signal },
      )
      return await load.end()
    })
    const got = byServer(answers.map(served))[slow] ?? 0
    return { slow, servers: servers.length, got, asked: answers.length }
  },
  *run({ slow, servers, got, asked }: SlowServerSeen) {
    const most = bearable(asked, servers)
    if (got > most) yield slowServerLoaded.at(slow, { server: slow, got, asked, most })
  },
  examples: [
    { title: 'a few', given: { slow: 'app/a', servers: 2, got: 12, asked: 206 }, yields: [] },
    { title: 'every second', given: { slow: 'app/a', servers: 2, got: 103, asked: 206 }, yields: [slowServerLoaded] },
    { title: 'one of five', given: { slow: 'app/a', servers: 5, got: 40, asked: 200 }, yields: [slowServerLoaded] },
  ],
})

function bearable(asked: number, servers: number): number {
  return Math.floor((asked * spared) / servers)
}
