import { fixtureImage } from '../../../substrate/fixture-image.ts'
import type { RunScope } from '../../../substrate/index.ts'
import type { Cluster } from '../../cluster.ts'
import { startCluster } from '../../cluster.ts'
import type { Engine } from '../../engines/engine.ts'
import { mariadb } from '../../engines/mariadb.ts'
import { createReplicationAccount, follow, replicates } from '../../engines/mariadb-steps.ts'
import { documents } from '../../procedures/documents.ts'
import { semiSync } from '../../procedures/semi-sync.ts'
import { onNode } from './on-node.ts'

/** What stands for somebody's live clusters: one that is in order, and one that nobody could promote in. */
export interface LiveClusters {
  /** Semi-synchronous with GTID, and safe at a power loss. */
  readonly healthy: Cluster
  /** By position; the account is on the primary alone, as after a dump, and the last node has no binary log. */
  readonly bare: Cluster
}

// What cannot be set while a server runs.
const lastWithoutLog: Engine = {
  ...mariadb,
  command(node, options) {
    const words = mariadb.command(node, options)
    return node.id < 3 ? words : [...words.filter((word) => !/^--(log-bin|binlog)/.test(word)), '--skip-log-bin']
  },
}

export async function startLiveClusters(run: RunScope): Promise<LiveClusters> {
  const image = await fixtureImage('mariadb')
  const [healthy, bare] = await Promise.all([
    startCluster({ ...semiSync.cluster, replicas: 2, engine: mariadb, image }, run),
    startCluster({ ...documents.cluster, replicas: 2, engine: lastWithoutLog, image }, run),
  ])
  await semiSync.setUp(healthy)
  for (const id of [1, 2, 3]) {
    await onNode(healthy, id, 'SET GLOBAL sync_binlog = 1', 'SET GLOBAL innodb_flush_log_at_trx_commit = 1')
  }
  await onNode(healthy, 1, 'CREATE TABLE app.seen (id INT PRIMARY KEY)')
  await setUpBare(bare)
  return { healthy, bare }
}

async function setUpBare(bare: Cluster): Promise<void> {
  const [primary, ...replicas] = bare.nodes
  if (primary === undefined) return
  await createReplicationAccount(bare, primary, { logged: false })
  for (const replica of replicas) {
    await follow(bare, replica, primary, 'start')
    await (await bare.session(replica)).query('START SLAVE')
    await replicates(bare, replica)
  }
}
