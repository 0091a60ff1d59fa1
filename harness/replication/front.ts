import type { RunScope } from '../substrate/index.ts'
import { startFaultProxy } from '../wire/index.ts'
import { startBalancer } from './balancer/balancer.ts'
import type { WritesLedBy } from './balancer/config.ts'
import { watchReplicas } from './balancer/watch.ts'
import type { Cluster } from './cluster.ts'
import type { Node } from './engines/engine.ts'
import type { ReadAfter } from './splitter/shared.ts'
import { startSplitter } from './splitter/splitter.ts'

interface Address {
  readonly host: string
  readonly port: number
}

/** How a procedure leads reads apart from writes. */
export interface Splitting {
  /** When the splitter may let a replica answer. */
  readonly readAfter: ReadAfter
  /** Who tells HAProxy where writes go. */
  readonly writesLedBy: WritesLedBy
  /** Somebody looks whether replicas may be read from, and tells HAProxy. */
  readonly replicasWatched: boolean
}

/** What tutorials do. */
export const naiveSplitting: Splitting = { readAfter: 'at-once', writesLedBy: 'checks', replicasWatched: false }

/** What stands between clients and nodes: one address that moves, or something that leads reads apart from writes. */
export type FrontKind = 'address' | 'splitter' | 'haproxy'

export interface Front extends AsyncDisposable {
  readonly writes: Address
  /** The same where nothing is led apart. */
  readonly reads: Address
  /** Leads writes to a node that was promoted, and open connections away from the old one. */
  readonly leadTo: (node: Node) => Promise<void>
  /** Whether the front can connect to a node. */
  readonly reaches: (node: Node) => Promise<boolean>
}

export interface FrontOptions {
  readonly cluster: Cluster
  readonly run: RunScope
  readonly splitting: Splitting
  readonly note: (what: string) => void
  readonly signal?: AbortSignal
}

/** @throws SeatrialError when it does not start */
export async function startFront(kind: FrontKind, options: FrontOptions): Promise<Front> {
  if (kind === 'haproxy') return haproxyFront(options)
  return kind === 'splitter' ? splitterFront(options) : addressFront(options)
}

async function addressFront({ cluster }: FrontOptions): Promise<Front> {
  const [primary] = cluster.nodes
  if (primary === undefined) throw new Error('a cluster without nodes')
  const proxy = await startFaultProxy({ to: await cluster.address(primary) })
  return {
    writes: proxy.address,
    reads: proxy.address,
    async leadTo(node) {
      proxy.pointTo(await cluster.address(node))
      proxy.cut()
    },
    reaches: (node) => answers(cluster, node),
    [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose](),
  }
}

async function splitterFront({ cluster, splitting }: FrontOptions): Promise<Front> {
  const addresses = await Promise.all(cluster.nodes.map((node) => cluster.address(node)))
  const [primary, ...replicas] = addresses
  if (primary === undefined) throw new Error('a cluster without nodes')
  const passwords = { app: 'app' }
  const splitter = await startSplitter({ primary, replicas, after: splitting.readAfter, passwords })
  return {
    writes: splitter.address,
    reads: splitter.address,
    async leadTo(node) {
      // The old primary is no replica before somebody has led it back.
      const others = replicas.filter((_, index) => cluster.nodes[index + 1] !== node)
      splitter.lead({ primary: await cluster.address(node), replicas: others })
    },
    reaches: (node) => answers(cluster, node),
    [Symbol.asyncDispose]: () => splitter[Symbol.asyncDispose](),
  }
}

async function haproxyFront({ cluster, run, splitting, note, signal }: FrontOptions): Promise<Front> {
  const { writesLedBy, replicasWatched } = splitting
  const balancer = await startBalancer({ cluster, run, writesLedBy, replicasWatched, ...(signal && { signal }) })
  const watch = replicasWatched ? watchReplicas(balancer, cluster, note) : undefined
  return {
    writes: balancer.writes,
    reads: balancer.reads,
    async leadTo(node) {
      watch?.follow(node)
      // Health checks have led clients where they found a port open; nobody is asked.
      if (writesLedBy === 'checks') return
      for (const other of cluster.nodes) if (other !== node) await balancer.set('writes', other, 'out')
      await balancer.set('writes', node, 'ready')
    },
    reaches: (node) => balancer.reaches(node),
    async [Symbol.asyncDispose]() {
      await watch?.[Symbol.asyncDispose]()
      await balancer[Symbol.asyncDispose]()
    },
  }
}

async function answers(cluster: Cluster, node: Node): Promise<boolean> {
  return cluster.session(node).then(
    () => true,
    () => false,
  )
}
