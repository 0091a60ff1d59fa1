import { fileURLToPath } from 'node:url'
import type { RunScope } from '../../substrate/index.ts'
import { buildImage, startContainer } from '../../substrate/index.ts'
import type { Cluster } from '../cluster.ts'
import type { Node } from '../engines/engine.ts'
import { tellBalancer } from './admin.ts'
import type { WritesLedBy } from './config.ts'
import { balancerConfig, balancerPorts } from './config.ts'

const image = new URL('../../../fixtures/images/haproxy/', import.meta.url)

interface Address {
  readonly host: string
  readonly port: number
}

export interface BalancerOptions {
  readonly cluster: Cluster
  readonly run: RunScope
  readonly writesLedBy: WritesLedBy
  readonly replicasWatched: boolean
  readonly signal?: AbortSignal
}

/** HAProxy beside a cluster. */
export interface Balancer extends AsyncDisposable {
  readonly writes: Address
  readonly reads: Address
  /** Lets a node have clients on one of the two ports, or takes them away from it, the connected ones as well. */
  readonly set: (port: 'writes' | 'reads', node: Node, state: 'ready' | 'out') => Promise<void>
  /** Whether the balancer can connect to the node's server, and its checks have found that out. */
  readonly reaches: (node: Node) => Promise<boolean>
}

/**
 * Starts HAProxy on the cluster's network, which must be up: names are resolved once.
 *
 * The runtime API moves it, and not health checks of a role: a check sees one node at a time, and a primary that comes
 * back looks as writable as the one that was promoted. It takes effect with the promotion, not with the next check.
 *
 * @throws SeatrialError as `startContainer`, `buildImage`
 */
export async function startBalancer(options: BalancerOptions): Promise<Balancer> {
  const { cluster, run, writesLedBy, replicasWatched, signal } = options
  const nodes = cluster.nodes.map(({ name }) => name)
  const { port } = cluster.engine
  const tag = await buildImage(fileURLToPath(image), signal === undefined ? {} : { signal })
  const machine = await startContainer(
    {
      name: 'balancer',
      image: tag,
      network: cluster.network,
      ports: Object.values(balancerPorts),
      env: { SERVICE_PORTS: Object.values(balancerPorts).join(' ') },
      files: { '/etc/haproxy/haproxy.cfg': balancerConfig({ nodes, port, writesLedBy, replicasWatched }) },
      wait: { port: balancerPorts.writes },
    },
    run,
    signal === undefined ? {} : { signal },
  )
  cluster.adopt(machine)
  const admin = await machine.address(balancerPorts.admin)
  return {
    writes: await machine.address(balancerPorts.writes),
    reads: await machine.address(balancerPorts.reads),
    async set(which, { name }, state) {
      await tellBalancer(admin, `set server ${which}/${name} state ${state === 'ready' ? 'ready' : 'maint'}`)
      if (state === 'out') await tellBalancer(admin, `shutdown sessions server ${which}/${name}`)
    },
    async reaches({ name }) {
      const connects = `exec 3<>/dev/tcp/${name}/${port}`
      const { exitCode } = await machine.exec(['timeout', '1', 'bash', '-c', connects])
      return exitCode === 0 && upOrOut(await tellBalancer(admin, 'show servers state writes'), name)
    },
    [Symbol.asyncDispose]: () => machine[Symbol.asyncDispose](),
  }
}

/** Running by its checks, or taken out by somebody, so that there are none. @see HAProxy's management guide, 9.3 */
function upOrOut(states: string, node: string): boolean {
  const [, , , , , operational, administrative] =
    states
      .split('\n')
      .map((line) => line.split(' '))
      .find((fields) => fields[3] === node) ?? []
  return operational === '2' || (Number(administrative) & maintenance) !== 0
}

/** Forced, inherited, or of the configuration. */
const maintenance = 0x01 | 0x02 | 0x04
