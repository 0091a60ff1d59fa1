import { systemClock } from '../../kernel/index.ts'
import type { Cluster } from '../cluster.ts'
import type { Node, Session } from '../engines/engine.ts'
import { textOf } from '../engines/engine.ts'
import type { Balancer } from './balancer.ts'
import { fitness, sequenceOf } from './fitness.ts'

/** Milliseconds that a replica may be behind and still be read from. */
const graceMs = 500
/** Milliseconds between two looks. */
const everyMs = 50
/** Milliseconds for the answer of a node. */
const patienceMs = 400

export interface Watch extends AsyncDisposable {
  /** From now on another node is primary. */
  readonly follow: (primary: Node) => void
}

/**
 * What an operator runs beside HAProxy: asks every node how far it is, and lets only those replicas have readers that
 * have what the primary had half a second ago. A status does not tell: behind a cut link it says yes, yes and 0. When no
 * replica is fit, the primary is read from.
 */
export function watchReplicas(
  balancer: Pick<Balancer, 'set'>,
  { nodes, engine, address }: Pick<Cluster, 'nodes' | 'engine' | 'address'>,
  note: (what: string) => void,
): Watch {
  const sessions = new Map<Node, Session>()
  const read = new Map<Node, boolean>(nodes.map((node, index) => [node, index > 0]))
  const fit = fitness(graceMs)
  let [primary] = nodes
  const stopping = new AbortController()

  /** Undefined when it does not answer, or is not what it is taken for. */
  const positionOf = async (node: Node): Promise<number | undefined> => {
    try {
      const session = sessions.get(node) ?? (await engine.open(await address(node), undefined, patienceMs))
      sessions.set(node, session)
      if (node !== primary && (await engine.replicaStatus(session)) === undefined) return undefined
      const variable = node === primary ? 'gtid_binlog_pos' : 'gtid_slave_pos'
      const [row] = await session.query(`SELECT @@${variable} AS position`)
      return sequenceOf(textOf(row?.['position']))
    } catch {
      await sessions.get(node)?.[Symbol.asyncDispose]()
      sessions.delete(node)
      return undefined
    }
  }
  const lead = async (node: Node, wanted: boolean): Promise<void> => {
    if (read.get(node) === wanted) return
    await balancer.set('reads', node, wanted ? 'ready' : 'out')
    read.set(node, wanted)
    note(wanted ? `${node.name} is read from` : `${node.name} is not read from any more`)
  }
  const look = async (): Promise<void> => {
    const of = primary
    if (of === undefined) return
    const replicas = nodes.filter((node) => node !== of)
    const at = systemClock.elapsed()
    const [written, ...applied] = await Promise.all([of, ...replicas].map(positionOf))
    if (of !== primary) return
    if (written !== undefined) fit.asked(at, written)
    const good = replicas.filter((_, index) => {
      const position = applied[index]
      return position !== undefined && fit.isFit(at, position)
    })
    // Those that come first, so that readers always have somewhere to go.
    for (const node of good) await lead(node, true)
    await lead(of, good.length === 0)
    for (const node of replicas) if (!good.includes(node)) await lead(node, false)
  }
  const looking = (async () => {
    while (!stopping.signal.aborted) {
      // A balancer that does not answer is told again at the next look.
      await look().catch(() => undefined)
      await systemClock.pause(everyMs)
    }
  })()
  return {
    follow: (node) => void (primary = node),
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await looking
      for (const session of sessions.values()) await session[Symbol.asyncDispose]()
    },
  }
}
