import { primaryOf } from '../health.ts'
import type { MariadbCluster, MariadbNode } from './cluster.ts'
import type { GtidSet } from './gtid.ts'
import { strangeTo } from './gtid.ts'

/** Transactions that a replica has and its primary has not; none when nobody knows what the primary has. */
export function errantOf(replica: MariadbNode, cluster: MariadbCluster): GtidSet {
  const primary = primaryOf(cluster)
  if (primary === undefined || primary.node === replica.node) return []
  return strangeTo([...primary.logged, ...primary.appliedGtid], [...replica.logged, ...replica.appliedGtid])
}
