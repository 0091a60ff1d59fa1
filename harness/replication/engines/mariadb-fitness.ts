import type { Cluster } from '../cluster.ts'
import type { Node } from './engine.ts'
import { textOf } from './engine.ts'

/** Parts of a GTID state such as `0-1-512,0-2-3`: the last number of each server. */
function numbersOf(gtids: string): ReadonlyMap<number, number> {
  const parts = gtids.split(',').map((each) => each.trim().split('-').map(Number))
  return new Map(parts.flatMap(([, server, number]) => (number === undefined ? [] : [[server ?? 0, number]])))
}

/** What a node has in its own log, of each server that ever wrote. */
async function written(cluster: Cluster, node: Node): Promise<ReadonlyMap<number, number>> {
  const [row] = await (await cluster.session(node)).query('SELECT @@gtid_binlog_state AS state')
  return numbersOf(textOf(row?.['state']))
}

/** Whether a node has transactions of its own that another has not: the histories have parted. */
export async function isAhead(cluster: Cluster, node: Node, than: Node): Promise<boolean> {
  const [own, other] = [await written(cluster, node), await written(cluster, than)]
  return (own.get(node.id) ?? 0) > (other.get(node.id) ?? 0)
}

/**
 * Why a replica must not be promoted, although it replicates: it hides tables, somebody has written on it, or it
 * stopped at an error. Undefined when nothing speaks against it.
 */
export async function unfitBecause(cluster: Cluster, node: Node, peers: readonly Node[]): Promise<string | undefined> {
  const [status] = await (await cluster.session(node)).query('SHOW SLAVE STATUS')
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
