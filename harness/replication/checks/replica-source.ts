import { document, rule } from '../../kernel/index.ts'
import { healthCheck, inWordsOf } from '../health/health-check.ts'
import type { ClusterHealth, NodeHealth, Replication } from '../health/health.ts'
import { replicasOf } from '../health/health.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'
import { samplePostgres } from '../health/postgres/sample.ts'
import { postgresPage } from '../postgres-pages.ts'

export const replicaSourceDiffering = rule({
  id: 'replication/replica-source-differing',
  level: 'error',
  reference: document('MariaDB: Replication overview', 'https://mariadb.com/kb/en/replication-overview/'),
  says: ({ sources }: { sources: string }) => `The replicas follow different primaries: ${sources}.`,
  wants: 'All replicas of a cluster follow one primary, directly or through each other.',
  remedy: 'Find out which is the primary, and let the others follow it by GTID after their rows were compared.',
})

/** Where the replicas' changes come from; a chain of replicas has one beginning. */
export const replicaSource = healthCheck({
  id: 'replication/replica-source',
  rules: [replicaSourceDiffering],
  *run(cluster) {
    const origins = replicasOf<NodeHealth>(cluster).flatMap(({ node, replications }) =>
      // A standby that was told nobody is told as such.
      replications
        .filter(({ source }) => source !== '')
        .map((one) => ({ node, origin: originOf(one, cluster, new Set([node])) })),
    )
    if (new Set(origins.map(({ origin }) => origin)).size <= 1) return
    const sources = origins.map(({ node, origin }) => `${node} follows ${origin}`).join(', ')
    yield inWordsOf(cluster, replicaSourceDiffering.at('nodes.source', { sources }), {
      reference: postgresPage('27.2.4 Setting Up a Standby Server', 'warm-standby.html#STANDBY-SERVER-SETUP'),
      remedy: 'Find out which is the primary, and set primary_conninfo of the others; rewind one that is ahead.',
    })
  },
  examples: [
    { title: 'one for all', given: sampleCluster(), yields: [] },
    {
      title: 'one through another, which is a chain',
      given: sampleCluster({ replication: { source: 'db-3:3306', sourceId: 3 } }),
      yields: [],
    },
    {
      title: 'one was told another, and still has the id of the old one while it tries to connect',
      given: sampleCluster({ replication: { source: 'old-1:3306', receiving: 'connecting', lagSeconds: null } }),
      yields: [replicaSourceDiffering],
    },
    {
      title: 'one follows a node of another cluster',
      given: sampleCluster({ replication: { source: 'old-1:3306', sourceId: 91 } }),
      yields: [replicaSourceDiffering],
    },
    { title: 'one primary for all standbys', given: samplePostgres(), yields: [] },
    {
      title: 'a standby that was told nobody',
      given: samplePostgres({ replication: { source: '', sourceId: 0, receiving: 'no', lagSeconds: null } }),
      yields: [],
    },
    {
      title: 'a standby was told another primary',
      given: samplePostgres({ replication: { source: 'old:5432', sourceId: 0, receiving: 'connecting' } }),
      yields: [replicaSourceDiffering],
    },
  ],
})

/** The node at the beginning of a chain; one that we do not know is its own. */
function originOf(one: Replication, cluster: ClusterHealth, passed: Set<string>): string {
  const id = sourceIdOf(one, cluster)
  const next =
    cluster.nodes.find(({ node }) => node === one.source) ??
    cluster.nodes.find(({ serverId, replications }) => serverId === id && replications.length === 0) ??
    cluster.nodes.find(({ serverId }) => serverId === id)
  if (next === undefined) return one.source
  const [further] = next.replications
  // Two that follow each other have no beginning: the primary stands for it.
  if (passed.has(next.node)) return cluster.primary ?? next.node
  if (further === undefined || next.node === cluster.primary) return next.node
  return originOf(further, cluster, passed.add(next.node))
}

/**
 * The server id of its source. A replica that was told a new source keeps the id of the old one until it is connected
 * (MariaDB 10.11), so then the name counts, as another replica knows it that is connected.
 */
function sourceIdOf({ receiving, source, sourceId }: Replication, cluster: ClusterHealth): number | undefined {
  if (receiving === 'yes') return sourceId
  const known = cluster.nodes
    .flatMap(({ replications }) => replications)
    .find((other) => other.receiving === 'yes' && other.source === source)
  return known?.sourceId ?? (receiving === 'no' ? sourceId : undefined)
}
