import type { Cluster } from '../cluster.ts'
import type { Executed } from './dialect.ts'
import { dialectOf } from './dialect.ts'
import type { Node, Session } from './engine.ts'
import { textOf } from './engine.ts'
import { statusRow } from './tell.ts'

/** What a node has in its own log. */
async function written(session: Session): Promise<Executed> {
  const [row] = await session.query((await dialectOf(session)).executed)
  return { gtids: textOf(row?.['gtids']), server: textOf(row?.['server']) }
}

/** Whether a node has transactions of its own that another has not: the histories have parted. */
export async function isAhead(cluster: Cluster, node: Node, than: Node): Promise<boolean> {
  const session = await cluster.session(node)
  const [own, other] = [await written(session), await written(await cluster.session(than))]
  return (await dialectOf(session)).hasMore(session, own, other)
}

/**
 * Why a replica must not be promoted, although it replicates: it hides tables, somebody has written on it, or it
 * stopped at an error. Undefined when nothing speaks against it.
 */
export async function unfitBecause(cluster: Cluster, node: Node, peers: readonly Node[]): Promise<string | undefined> {
  const status = await statusRow(await cluster.session(node))
  const filters = Object.entries(status ?? {}).filter(
    ([name, value]) => /^Replicate_(?:Wild_)?(?:Do|Ignore|Rewrite)_(?:Table|DB)$/.test(name) && textOf(value) !== '',
  )
  if (filters.length > 0) return `filters with ${filters.map(([name]) => name).join(', ')}`
  if (Number(status?.['Last_SQL_Errno'] ?? 0) > 0) return `stopped at ${textOf(status?.['Last_SQL_Error'])}`
  for (const peer of peers) {
    if (peer !== node && (await isAhead(cluster, node, peer))) return `has writes of its own that ${peer.name} has not`
  }
  return undefined
}
