import { rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { askEach, byServer } from '../bench/ask-each.ts'
import { withOutages } from '../bench/health.ts'
import { named } from '../bench/pool.ts'
import { served } from '../bench/served.ts'
import { haproxyManual } from '../references.ts'

const requests = 400
/** A round goes out exactly even by weights: what may be off is a round that is not whole, and one asked side by side. */
const tolerance = 0.02

export const sharesOff = rule({
  id: 'loadbalancing/shares-off',
  level: 'error',
  reference: haproxyManual('5.2-weight'),
  says: ({ server, got, asked, share }: { server: string; got: number; asked: number; share: number }) =>
    `${server} answers ${got} of ${asked} requests, ${percent(got / asked)}, and its share is ${percent(share)}.`,
  wants: `Each server gets its share of ${requests} requests of new visitors, 2 points more or less.`,
  remedy: 'Mend the weights of the server lines, and balance by them: balance roundrobin.',
})

export interface SharesSeen {
  readonly servers: readonly { readonly server: string; readonly got: number; readonly share: number }[]
}

/** Requests of new visitors, a connection each, are spread over the servers in proportion. */
export const shares = balancerProbe({
  id: 'loadbalancing/shares',
  rules: [sharesOff],
  expects: ({ expect: { shares: expected } }) =>
    expected === undefined ? notAsked('no shares are expected (expect.shares)') : { expected },
  async gather(bench, { expected }) {
    await named(bench, 'shares', Object.keys(expected))
    const answers = await withOutages(bench, 0, () =>
      askEach(
        bench,
        Array.from({ length: requests }, () => ({})),
      ),
    )
    const got = byServer(answers.map(served))
    const whole = Object.values(expected).reduce((sum, part) => sum + part, 0)
    const servers = (await bench.servers()).map(({ id, name }) => ({
      server: id,
      got: got[id] ?? 0,
      share: (expected[name] ?? 0) / whole,
    }))
    return { servers }
  },
  *run({ servers }: SharesSeen) {
    const asked = servers.reduce((sum, { got }) => sum + got, 0)
    for (const { server, got, share } of servers) {
      if (Math.abs(got / asked - share) > tolerance) yield sharesOff.at(server, { server, got, asked, share })
    }
  },
  examples: [
    {
      title: 'three to one',
      given: {
        servers: [
          { server: 'app/a', got: 302, share: 0.75 },
          { server: 'app/b', got: 98, share: 0.25 },
        ],
      },
      yields: [],
    },
    {
      title: 'one to one, where three to one is wanted',
      given: {
        servers: [
          { server: 'app/a', got: 200, share: 0.75 },
          { server: 'app/b', got: 200, share: 0.25 },
        ],
      },
      yields: [sharesOff, sharesOff],
    },
  ],
})

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`
}
