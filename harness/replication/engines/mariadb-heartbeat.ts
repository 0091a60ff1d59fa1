import { waitFor } from '../../kernel/index.ts'
import type { Cluster } from '../cluster.ts'
import type { Promotion } from '../procedure.ts'
import type { Node } from './engine.ts'
import { run } from './mariadb-steps.ts'

/**
 * Lag as many watch it: the primary writes its time into a table every second, and what that is behind a replica's own
 * clock is called its lag. It compares two clocks, and says nothing of rows.
 */
const lag = 'SELECT TIMESTAMPDIFF(MICROSECOND, at, NOW(6)) / 1e6 AS seconds FROM app.heartbeat'

/** Starts the heartbeat on a primary, and waits for the first. */
export async function beat(cluster: Cluster, primary: Node): Promise<void> {
  await run(
    cluster,
    primary,
    'CREATE TABLE app.heartbeat (id INT PRIMARY KEY, at TIMESTAMP(6) NOT NULL)',
    'CREATE EVENT app.heart ON SCHEDULE EVERY 1 SECOND DO REPLACE INTO app.heartbeat VALUES (1, NOW(6))',
    'SET GLOBAL event_scheduler = 1',
  )
  for (const node of cluster.nodes) {
    await waitFor(
      `a heartbeat on ${node.name}`,
      async () => ((await lagOf(cluster, node)) === undefined ? { seen: 'none' } : { done: true }),
      { deadlineMs: 10_000 },
    )
  }
}

/** The node that calls itself the least behind. */
export async function leastLag(
  cluster: Cluster,
  nodes: readonly Node[],
  first: Node,
  note: Promotion['note'],
): Promise<Node> {
  let [best, least] = [first, Number.POSITIVE_INFINITY]
  for (const node of nodes) {
    const seconds = await lagOf(cluster, node)
    if (seconds !== undefined && seconds < least) [best, least] = [node, seconds]
  }
  note(`${best.name} is the least behind by its clock: ${least.toFixed(1)} s`)
  return best
}

async function lagOf(cluster: Cluster, node: Node): Promise<number | undefined> {
  const [row] = await (await cluster.session(node)).query(lag)
  return row === undefined ? undefined : Number(row['seconds'])
}
