import { document, rule } from '../../kernel/index.ts'
import { healthCheck, inWordsOf } from '../health/health-check.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'
import { samplePostgres } from '../health/postgres/sample.ts'
import { postgresPage } from '../postgres-pages.ts'

export const primarySeveral = rule({
  id: 'replication/primary-several',
  level: 'error',
  reference: document('MariaDB: Replication overview', 'https://mariadb.com/kb/en/replication-overview/'),
  says: ({ nodes }: { nodes: string }) => `Several nodes follow nobody and take writes: ${nodes}.`,
  wants: 'One node of a cluster takes writes.',
  remedy:
    'Lead all clients to one of them, set the others read-only, and compare their rows before they are built anew: what was written on the wrong one is on no other.',
})

/** Two that take writes: an old primary that came back, or a node that was promoted beside a living one. */
export const primary = healthCheck({
  id: 'replication/primary',
  rules: [primarySeveral],
  *run(cluster) {
    const all = cluster.nodes.flatMap(({ node, replications, readOnly }) =>
      replications.length === 0 && !readOnly ? [node] : [],
    )
    if (all.length < 2) return
    yield inWordsOf(cluster, primarySeveral.at('nodes.primary', { nodes: all.join(', ') }), {
      reference: postgresPage('27.3 Failover', 'warm-standby-failover.html'),
      remedy:
        'Stop all but the one that clients are to have, look at what was written on the others, and bring those back with pg_rewind.',
    })
  },
  examples: [
    { title: 'one', given: sampleCluster(), yields: [] },
    { title: 'one of PostgreSQL', given: samplePostgres(), yields: [] },
    {
      title: 'a replica was taken from its source, and takes writes',
      given: sampleCluster({ replica: { replications: [], readOnly: false } }),
      yields: [primarySeveral],
    },
    {
      title: 'a node that follows nobody and refuses writes',
      given: sampleCluster({ replica: { replications: [] } }),
      yields: [],
    },
    {
      title: 'a standby was promoted beside its primary',
      given: samplePostgres({ standby: { replications: [], status: undefined, readOnly: false } }),
      yields: [primarySeveral],
    },
  ],
})
