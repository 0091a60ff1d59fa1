import { document, rule } from '../../kernel/index.ts'
import { healthCheck, inWordsOf } from '../health/health-check.ts'
import type { NodeHealth } from '../health/health.ts'
import { replicasOf } from '../health/health.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'
import { samplePostgres } from '../health/postgres/sample.ts'
import { postgresPage } from '../postgres-pages.ts'

const status = document('MariaDB: SHOW REPLICA STATUS', 'https://mariadb.com/kb/en/show-replica-status/')

export const replicaLagUnknown = rule({
  id: 'replication/replica-lag-unknown',
  level: 'error',
  reference: status,
  says: ({ node, source, why, receiving }: { node: string; source: string; why: string; receiving: string }) =>
    `${node} cannot tell how far it is behind ${source}: ${why}, and it is ${receiving}.`,
  wants: 'A replica knows how far it is behind.',
  remedy: 'Let it reach its source, and start both threads. A monitor that takes NULL for 0 has to be mended too.',
})

export const replicaLagLarge = rule({
  id: 'replication/replica-lag-large',
  level: 'warning',
  reference: status,
  says: ({ node, seconds, limit }: { node: string; seconds: number; limit: number }) =>
    `${node} is ${seconds} s behind; the limit is ${limit} s.`,
  wants: 'A replica that may be promoted is not far behind.',
  remedy: 'Look what it applies (SHOW PROCESSLIST); give it more parallel threads, or smaller transactions.',
})

const inPostgres = {
  reference: postgresPage('27.2.5.2 Monitoring', 'warm-standby.html#STREAMING-REPLICATION-MONITORING'),
  remedy:
    'Let it reach its primary, and look what holds its replay up. A monitor that reckons the lag on the standby alone takes a cut link for 0.',
}

const silence = { mariadb: 'Seconds_Behind_Master is NULL', postgres: 'no WAL arrives, or none was ever replayed' }

const words = { yes: 'connected', no: 'stopped', connecting: 'trying to connect' } as const

/** How far the replicas say that they are behind. A small number proves nothing; NULL and a large one do. */
export const replicaLag = healthCheck({
  id: 'replication/replica-lag',
  rules: [replicaLagUnknown, replicaLagLarge],
  *run(cluster) {
    const limit = cluster.maxLagSeconds
    for (const { node, replications } of replicasOf<NodeHealth>(cluster)) {
      for (const { lagSeconds, source, receiving } of replications) {
        const place = `nodes.${node}.lag`
        if (lagSeconds === null) {
          const evidence = {
            node,
            source: source || 'anybody',
            why: silence[cluster.engine],
            receiving: words[receiving],
          }
          yield inWordsOf(cluster, replicaLagUnknown.at(place, evidence), inPostgres)
        } else if (lagSeconds > limit) {
          const seconds = Math.round(lagSeconds)
          yield inWordsOf(cluster, replicaLagLarge.at(place, { node, seconds, limit }), inPostgres)
        }
      }
    }
  },
  examples: [
    { title: 'at the limit', given: sampleCluster({ replication: { lagSeconds: 10 } }), yields: [] },
    { title: 'beyond it', given: sampleCluster({ replication: { lagSeconds: 11 } }), yields: [replicaLagLarge] },
    {
      title: 'NULL, because the source is away',
      given: sampleCluster({ replication: { lagSeconds: null, receiving: 'connecting' } }),
      yields: [replicaLagUnknown],
    },
    {
      title: 'a standby to which no WAL comes',
      given: samplePostgres({ replication: { lagSeconds: null, receiving: 'connecting' } }),
      yields: [replicaLagUnknown],
    },
    {
      title: 'a standby that replays too slowly',
      given: samplePostgres({ replication: { lagSeconds: 40.2 } }),
      yields: [replicaLagLarge],
    },
  ],
})
