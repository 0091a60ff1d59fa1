import type { Cluster } from '../cluster.ts'
import type { Node } from '../engines/engine.ts'
import { createReplicationAccount, drained, fetched, follow, replicates, run } from '../engines/mariadb-steps.ts'
import { procedure } from '../procedure.ts'

/**
 * The most advanced survivor is promoted once its relay log is applied, and the others follow by GTID. With
 * semi-synchronous replication an acknowledged write is on one replica at least, and that one is then found.
 */
export const semiSync = procedure({
  id: 'semi-sync',
  title: 'semi-synchronous, GTID, the most advanced replica is promoted with its relay log applied',
  engine: 'mariadb',
  // So long that the primary never goes on alone while a drill lasts.
  cluster: { gtid: true, logReplicaUpdates: true, semiSync: { timeoutMs: 3_600_000 } },
  async setUp(cluster) {
    const [primary, ...replicas] = cluster.nodes
    if (primary === undefined) return
    await byGtid(cluster, primary, replicas)
    const { semiSync: wanted } = cluster.options
    if (wanted === undefined) return
    // Replicas first: a primary that waits for nobody yet holds its first write for the whole timeout.
    for (const replica of replicas) {
      await run(
        cluster,
        replica,
        'SET GLOBAL rpl_semi_sync_slave_enabled = 1',
        'STOP SLAVE IO_THREAD',
        'START SLAVE IO_THREAD',
      )
      await replicates(cluster, replica)
    }
    await run(
      cluster,
      primary,
      `SET GLOBAL rpl_semi_sync_master_timeout = ${wanted.timeoutMs}`,
      "SET GLOBAL rpl_semi_sync_master_wait_point = 'AFTER_SYNC'",
      'SET GLOBAL rpl_semi_sync_master_enabled = 1',
    )
  },
  async promote({ cluster, survivors, pointClientsTo, note }) {
    const candidate = await mostAdvanced(cluster, survivors)
    note(`${candidate.name} has fetched most`)
    await drained(cluster, candidate)
    await run(cluster, candidate, 'STOP SLAVE', 'RESET SLAVE ALL', 'SET GLOBAL read_only = 0')
    note(`${candidate.name} is primary`)
    await pointClientsTo(candidate)
    for (const other of survivors.filter((each) => each !== candidate)) {
      await run(cluster, other, 'STOP SLAVE')
      await follow(cluster, other, candidate, 'gtid')
      await run(cluster, other, 'START SLAVE')
      note(`${other.name} follows ${candidate.name} by GTID`)
    }
    return candidate
  },
})

async function byGtid(cluster: Cluster, primary: Node, replicas: readonly Node[]): Promise<void> {
  for (const replica of replicas) await follow(cluster, replica, primary, 'gtid')
  await createReplicationAccount(cluster, primary, { logged: true })
  for (const replica of replicas) await run(cluster, replica, 'SET GLOBAL read_only = 1', 'START SLAVE')
  for (const replica of replicas) await replicates(cluster, replica)
}

async function mostAdvanced(cluster: Cluster, nodes: readonly [Node, ...Node[]]): Promise<Node> {
  let [best] = nodes
  let most = -1
  for (const node of nodes) {
    const has = await fetched(cluster, node)
    if (has > most) [best, most] = [node, has]
  }
  return best
}
