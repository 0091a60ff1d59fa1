import { rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { cookiePair } from '../bench/cookies.ts'
import type { Bench } from '../bench/open-bench.ts'
import { haproxyManual } from '../references.ts'

export const stickyLost = rule({
  id: 'loadbalancing/sticky-lost',
  level: 'error',
  reference: haproxyManual('4.2-cookie'),
  says: ({ asked, servers }: { asked: number; servers: readonly string[] }) =>
    `${asked} requests with the same cookie went to ${servers.length} servers: ${servers.join(', ')}.`,
  wants: 'A visitor who shows the cookie is answered by the server that the cookie names.',
  remedy: 'Give the pool its cookie line, and every server line the value of the cookie that names it.',
})

export const stickyUnset = rule({
  id: 'loadbalancing/sticky-unset',
  level: 'error',
  reference: haproxyManual('4.2-cookie'),
  says: ({ cookie, without, visitors: all }: { cookie: string; without: number; visitors: number }) =>
    `${without} of ${all} new visitors are given no cookie ${cookie}.`,
  wants: 'A visitor who comes for the first time is given the cookie that holds it at its server.',
  remedy: 'Let the balancer insert it: cookie NAME insert indirect nocache.',
})

export interface StickySeen {
  readonly cookie: string
  /** New visitors who were given no cookie, of all. */
  readonly without: number
  readonly visitors: number
  /** Each cookie that was given, and the servers that answered requests with it. */
  readonly stays: readonly { readonly pair: string; readonly asked: number; readonly servers: readonly string[] }[]
}

const visitors = 8
const requests = 20
/** In this time all of them have come, on a busy machine too. */
const togetherMs = 400

/** Each cookie that new visitors are given leads twenty requests, on connections of their own, to one server. */
export const sticky = balancerProbe({
  id: 'loadbalancing/sticky',
  rules: [stickyLost, stickyUnset],
  expects: ({ expect: { sticky: expected } }) =>
    expected === undefined ? notAsked('no stickiness is expected (expect.sticky)') : { expected },
  async gather(bench, { expected }) {
    const { cookie } = expected
    // At the same time, and none answered before the last has come, so that they are spread over the servers.
    await bench.behave(Object.fromEntries(bench.setup.servers.map(({ id }) => [id, { delayMs: togetherMs }])))
    const first = await Promise.all(
      Array.from({ length: visitors }, async () => {
        using one = bench.visitor()
        return cookiePair(await one.ask(), cookie)
      }),
    )
    await bench.behave({})
    const pairs = new Set(first.filter((pair) => pair !== undefined))
    const stays = await Promise.all([...pairs].toSorted().map((pair) => stay(bench, pair)))
    return { cookie, visitors, without: first.filter((pair) => pair === undefined).length, stays }
  },
  *run({ cookie, visitors: all, without, stays }: StickySeen) {
    if (without > 0) yield stickyUnset.at('answer.fields.set-cookie', { cookie, without, visitors: all })
    for (const { pair, asked, servers } of stays) {
      if (servers.length > 1) yield stickyLost.at(`cookie.${pair}`, { asked, servers })
    }
  },
  examples: [
    {
      title: 'each at its own server',
      given: {
        cookie: 'SERVERID',
        visitors: 8,
        without: 0,
        stays: [
          { pair: 'SERVERID=a', asked: 20, servers: ['app/a'] },
          { pair: 'SERVERID=b', asked: 20, servers: ['app/b'] },
        ],
      },
      yields: [],
    },
    {
      title: 'a cookie that names nobody',
      given: {
        cookie: 'SERVERID',
        visitors: 8,
        without: 0,
        stays: [{ pair: 'SERVERID=x', asked: 20, servers: ['app/a', 'app/b'] }],
      },
      yields: [stickyLost],
    },
    {
      title: 'no cookie from one of two servers',
      given: {
        cookie: 'SERVERID',
        visitors: 8,
        without: 4,
        stays: [{ pair: 'SERVERID=a', asked: 20, servers: ['app/a'] }],
      },
      yields: [stickyUnset],
    },
  ],
})

async function stay(bench: Bench, pair: string): Promise<StickySeen['stays'][number]> {
  const servers = new Set<string>()
  for (let asked = 0; asked < requests; asked++) {
    // A connection that is kept could be what holds the visitor.
    using visitor = bench.visitor()
    servers.add((await visitor.ask({ fields: { Cookie: pair } })).server ?? 'none')
  }
  return { pair, asked: requests, servers: [...servers].toSorted() }
}
