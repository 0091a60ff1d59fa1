import { rule, SeatrialError } from '../../kernel/index.ts'
import { balancerProbe } from '../balancer-probe.ts'
import type { Bench } from '../bench/open-bench.ts'
import { isStatistics, knownStatistics } from '../bench/statistics-pages.ts'
import type { Answer } from '../bench/visitor.ts'
import { visitor } from '../bench/visitor.ts'
import type { Front } from '../bench/way.ts'
import { haproxyManual } from '../references.ts'

export const statisticsPublicShown = rule({
  id: 'loadbalancing/statistics-public-shown',
  level: 'error',
  reference: haproxyManual('4.2-stats auth'),
  says: ({ path, port }: { path: string; port: number }) =>
    `${path} at port ${port} tells about the balancer and its servers to anybody who asks.`,
  wants: 'Who does not know a password learns nothing of the balancer.',
  remedy: 'Ask for a password (stats auth), bind the page to an address of the inside, or switch it off.',
})

export interface StatisticsPublicSeen {
  readonly pages: readonly {
    readonly port: number
    readonly path: string
    readonly status: number
    /** The configuration or the expectation says that there is such a page. */
    readonly named: boolean
    /** A server behind the balancer answered. */
    readonly application: boolean
    /** It looks like such a page. */
    readonly statistics: boolean
  }[]
}

/** Pages about the balancer are shown to nobody without a password, at every port that visitors reach. */
export const statisticsPublic = balancerProbe({
  id: 'loadbalancing/statistics-public',
  rules: [statisticsPublicShown],
  expects: () => ({}),
  async gather(bench) {
    const { listeners } = bench.setup
    const ports = new Map(listeners.filter(({ http, loopback }) => http && !loopback).map((each) => [each.port, each]))
    const pages = await Promise.all(
      [...ports.values()].map(({ port, tls }) => pagesAt(bench, { host: bench.balancer.host, port, tls })),
    )
    return { pages: pages.flat() }
  },
  *run({ pages }: StatisticsPublicSeen) {
    for (const { port, path, status, named, application, statistics } of pages) {
      if (status >= 200 && status < 300 && !application && (named || statistics))
        yield statisticsPublicShown.at(`:${port}${path}`, { path, port })
    }
  },
  examples: [
    {
      title: 'behind a password, and a page of the application',
      given: {
        pages: [
          { port: 8404, path: '/statistics', status: 401, named: true, application: false, statistics: false },
          { port: 80, path: '/status', status: 200, named: false, application: true, statistics: false },
        ],
      },
      yields: [],
    },
    {
      title: 'one page of the balancer for every path',
      given: {
        pages: [{ port: 80, path: '/status', status: 200, named: false, application: false, statistics: false }],
      },
      yields: [],
    },
    {
      title: 'open, where it was not looked for',
      given: {
        pages: [{ port: 80, path: '/haproxy?stats', status: 200, named: false, application: false, statistics: true }],
      },
      yields: [statisticsPublicShown],
    },
    {
      title: 'open, where the configuration has it',
      given: {
        pages: [{ port: 8404, path: '/inside', status: 200, named: true, application: false, statistics: false }],
      },
      yields: [statisticsPublicShown],
    },
  ],
})

async function pagesAt({ way, setup, expect, target }: Bench, front: Front): Promise<StatisticsPublicSeen['pages']> {
  const here = setup.statistics.filter(({ port }) => port === undefined || port === front.port).map(({ path }) => path)
  // The same numbers for programs: a password for one form alone protects nothing.
  const named = [...here.flatMap((path) => [path, `${path};csv`]), ...expect.statistics]
  const pages = []
  for (const path of new Set([...named, ...knownStatistics])) {
    // Some close the connection behind a refusal without saying so.
    using one = visitor(way, front, { host: target.host, path, deadlineMs: 5_000 })
    const { status, server, content } = answered(await one.ask(), front)
    pages.push({
      port: front.port,
      path,
      status,
      named: named.includes(path),
      application: server !== undefined,
      statistics: isStatistics(content),
    })
  }
  return pages
}

function answered(answer: Answer, { port }: Front): Answer {
  if (answer.trouble === undefined) return answer
  throw new SeatrialError('SEATRIAL_UNREACHABLE', `port ${port} of the balancer does not answer: ${answer.trouble}`, {
    mend: 'Look at its log.',
    because: 'prerequisite',
  })
}
