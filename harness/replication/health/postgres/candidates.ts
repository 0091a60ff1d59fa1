import type { Candidate } from '../candidates.ts'
import { replicasOf } from '../health.ts'
import { admits } from './admits.ts'
import type { PostgresCluster, PostgresNode } from './cluster.ts'

/** The standbys, counted in bytes of WAL. */
export function postgresCandidates(cluster: PostgresCluster): readonly Candidate[] {
  const standbys = replicasOf(cluster)
  const timeline = cluster.primaryTimeline ?? Math.max(0, ...standbys.map((each) => each.timeline))
  const end =
    cluster.primaryBefore?.end ??
    Math.max(0, ...standbys.filter((each) => each.timeline === timeline).map((each) => each.end))
  return standbys.map((standby) => ({
    node: standby.node,
    obstacles: obstaclesOf(standby, cluster, timeline),
    // Places on two timelines cannot be held against each other.
    unfetched: standby.timeline === timeline ? Math.max(0, end - standby.end) : undefined,
    // The rest of a record that never came is never replayed, and the server says that it waits for it.
    unapplied: standby.replications.some(({ drains }) => !drains) ? Math.max(0, standby.end - standby.replayed) : 0,
    unit: 'bytes',
    lagSeconds: standby.replications[0]?.lagSeconds ?? null,
  }))
}

function obstaclesOf(standby: PostgresNode, cluster: PostgresCluster, timeline: number): readonly string[] {
  const { settings, accounts, systemId } = standby
  const others = replicasOf(cluster).filter((each) => each !== standby)
  const users = [...new Set(others.flatMap((each) => each.replications.map(({ user }) => user)))].filter(Boolean)
  const primary = cluster.nodes.find(({ node }) => node === cluster.primary)
  return [
    ...(primary !== undefined && primary.systemId !== systemId ? ['it is a node of another cluster'] : []),
    ...(standby.timeline === timeline ? [] : [`it is on timeline ${standby.timeline} and not on ${timeline}`]),
    ...(settings.defaultTransactionReadOnly
      ? ['its default_transaction_read_only is on, and clients could not write']
      : []),
    ...(others.length > 0 && (settings.walLevel === 'minimal' || settings.maxWalSenders === 0)
      ? ['nobody could follow it: wal_level or max_wal_senders forbid it']
      : []),
    ...(users.some((user) => accounts?.includes(user) === false) ? ['it has no account for replicas'] : []),
    ...(users.some((user) => admits(standby, user, cluster) === false) ? ['its pg_hba.conf lets no replica in'] : []),
  ]
}
