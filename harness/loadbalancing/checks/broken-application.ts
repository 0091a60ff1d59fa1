import { rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { askEach } from '../bench/ask-each.ts'
import { cookiePair } from '../bench/cookies.ts'
import { oneOfSeveral } from '../bench/pool.ts'
import { settled } from '../bench/settled.ts'
import type { Visit } from '../bench/visitor.ts'
import { haproxyManual } from '../references.ts'

const requests = 24

export const brokenApplicationVisited = rule({
  id: 'loadbalancing/broken-application-visited',
  level: 'error',
  reference: haproxyManual('4.2-option httpchk'),
  says: ({
    server,
    visits,
    asked,
    withinSeconds,
  }: {
    server: string
    visits: number
    asked: number
    withinSeconds: number
  }) =>
    `${server} answers its health check and its visitors with 500, and gets ${visits} of ${asked} visitors after ${withinSeconds} s.`,
  wants: 'A server whose application says that it is broken gets no visitors after the expected time.',
  remedy:
    'Let the balancer ask the application, not only its port: option httpchk, http-check expect, and inter and fall that are short enough.',
})

export interface BrokenApplicationSeen {
  readonly broken: string
  readonly withinSeconds: number
  readonly asked: number
  /** Visitors whom the broken server answered when the time was over. */
  readonly visits: number
}

/** The application of one server answers 500, its health check too, while its port is open as before. */
export const brokenApplication = balancerProbe({
  id: 'loadbalancing/broken-application',
  rules: [brokenApplicationVisited],
  expects: ({ expect: { health } }) =>
    health === undefined ? notAsked('broken applications need not be noticed (expect.health)') : { health },
  async gather(bench, { health }) {
    const usual = await oneOfSeveral(bench)
    const broken = usual.server
    const { sticky } = bench.expect
    const visits = visitsWith(sticky === undefined ? undefined : cookiePair(usual, sticky.cookie))
    await bench.behave({ [broken]: { status: 500, healthStatus: 500 } })
    const look = async (): Promise<number> =>
      (await askEach(bench, visits)).filter(({ server }) => server === broken).length
    const seen = await settled(look, (some) => some === 0, { withinMs: health.withinSeconds * 1_000, bench })
    // Once out, it must be out for good.
    const again = seen > 0 ? seen : await look()
    return { broken, withinSeconds: health.withinSeconds, asked: visits.length, visits: again }
  },
  *run({ broken, withinSeconds, asked, visits }: BrokenApplicationSeen) {
    if (visits > 0) yield brokenApplicationVisited.at(broken, { server: broken, visits, asked, withinSeconds })
  },
  examples: [
    { title: 'taken out', given: { broken: 'app/a', withinSeconds: 3, asked: 24, visits: 0 }, yields: [] },
    {
      title: 'its port is open, and that is all that is asked',
      given: { broken: 'app/a', withinSeconds: 3, asked: 24, visits: 18 },
      yields: [brokenApplicationVisited],
    },
  ],
})

/** Every second visitor shows the cookie that holds him at the server, where there is one. */
function visitsWith(pair: string | undefined): readonly Visit[] {
  return Array.from({ length: requests }, (_, at) =>
    pair === undefined || at % 2 === 0 ? {} : { fields: { Cookie: pair } },
  )
}
