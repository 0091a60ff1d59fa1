import type { Cluster } from '../../cluster.ts'
import type { Node } from '../../engines/engine.ts'

/** A node, counted from 1; the first is the primary. */
export function nodeOf(cluster: Cluster, id: number): Node {
  const node = cluster.nodes[id - 1]
  if (node === undefined) throw new Error(`there is no node ${id}`)
  return node
}

/** Statements on one node. */
export async function onNode(cluster: Cluster, id: number, ...statements: readonly string[]): Promise<void> {
  const session = await cluster.session(nodeOf(cluster, id))
  for (const statement of statements) await session.query(statement)
}
