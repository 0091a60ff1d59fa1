import { rfc, rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { arrivals, served } from '../bench/served.ts'
import { haproxyManual } from '../references.ts'

export const connectionsReusedClosed = rule({
  id: 'loadbalancing/connections-reused-closed',
  level: 'error',
  reference: rfc(9112, '9.3'),
  says: ({ requests, connections }: { requests: number; connections: number }) =>
    `${requests} requests of one visitor took ${connections} connections to the balancer.`,
  wants: 'A visitor’s connection is kept for the next request.',
  remedy: 'Remove what closes connections after each answer: option httpclose, keepalive_timeout 0, KeepAlive Off.',
})

export const connectionsReusedScattered = rule({
  id: 'loadbalancing/connections-reused-scattered',
  level: 'error',
  reference: haproxyManual('4.2-option http-server-close'),
  says: ({ requests, connections, servers }: { requests: number; connections: number; servers: number }) =>
    `${requests} requests of one visitor came to ${servers} server${servers === 1 ? '' : 's'} on ${connections} connections.`,
  wants: 'Connections to servers are used again: no more than one in ten requests needs a new one.',
  remedy: 'Remove option http-server-close and http-reuse never, or keep connections to the servers open.',
})

export interface ConnectionsReusedSeen {
  readonly requests: number
  /** Connections that the visitor took for them. */
  readonly visitor: number
  /** Connections on which they came to servers, and to how many. */
  readonly behind: number
  readonly servers: number
}

const [warmUp, fewest] = [10, 60]

/** Requests that follow each other wait for no new connection, before the balancer or behind it. */
export const connectionsReused = balancerProbe({
  id: 'loadbalancing/connections-reused',
  rules: [connectionsReusedClosed, connectionsReusedScattered],
  expects: ({ expect }) =>
    expect.connectionsReused ? {} : notAsked('connections need not be used again (expect.connectionsReused)'),
  async gather(bench) {
    using visitor = bench.visitor()
    for (let asked = 0; asked < warmUp; asked++) served(await visitor.ask())
    const before = visitor.connections()
    // Each server has a connection at least, however well they are used.
    const requests = Math.max(fewest, 10 * (await bench.servers()).length)
    const visits: string[] = []
    for (let asked = 0; asked < requests; asked++) visits.push(served(await visitor.ask()).visit)
    const arrived = await arrivals(bench)
    const came = visits.map((visit) => arrived.get(visit)).filter((one) => one !== undefined)
    return {
      requests,
      // The one that was open before counts as well.
      visitor: visitor.connections() - before + 1,
      behind: new Set(came.map(({ server, connection }) => `${server} ${connection}`)).size,
      servers: new Set(came.map(({ server }) => server)).size,
    }
  },
  *run({ requests, visitor, behind, servers }: ConnectionsReusedSeen) {
    if (visitor > requests / 10)
      yield connectionsReusedClosed.at('visitor.connections', { requests, connections: visitor })
    if (behind > requests / 10) {
      yield connectionsReusedScattered.at('server.connections', { requests, connections: behind, servers })
    }
  },
  examples: [
    { title: 'one before, one to each server', given: { requests: 60, visitor: 1, behind: 2, servers: 2 }, yields: [] },
    {
      title: 'closed after each answer on both sides',
      given: { requests: 60, visitor: 61, behind: 60, servers: 2 },
      yields: [connectionsReusedClosed, connectionsReusedScattered],
    },
    {
      title: 'closed after each answer towards the servers',
      given: { requests: 60, visitor: 1, behind: 60, servers: 2 },
      yields: [connectionsReusedScattered],
    },
  ],
})
