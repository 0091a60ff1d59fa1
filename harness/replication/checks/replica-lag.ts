import { document, rule } from '../../kernel/index.ts'
import { healthCheck } from '../health/health-check.ts'
import { replicasOf } from '../health/health.ts'
import { sampleCluster } from '../health/sample.ts'

const status = document('MariaDB: SHOW REPLICA STATUS', 'https://mariadb.com/kb/en/show-replica-status/')

export const replicaLagUnknown = rule({
  id: 'replication/replica-lag-unknown',
  level: 'error',
  reference: status,
  says: ({ node, source, receiving }: { node: string; source: string; receiving: string }) =>
    `${node} cannot tell how far it is behind ${source}: Seconds_Behind_Master is NULL, and it is ${receiving}.`,
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

const words = { yes: 'connected', no: 'stopped', connecting: 'trying to connect' } as const

/** How far the replicas say that they are behind. A small number proves nothing; NULL and a large one do. */
export const replicaLag = healthCheck({
  id: 'replication/replica-lag',
  rules: [replicaLagUnknown, replicaLagLarge],
  *run(cluster) {
    const limit = cluster.maxLagSeconds
    for (const { node, replications } of replicasOf(cluster)) {
      for (const { lagSeconds, source, receiving } of replications) {
        const place = `nodes.${node}.lag`
        if (lagSeconds === null) yield replicaLagUnknown.at(place, { node, source, receiving: words[receiving] })
        else if (lagSeconds > limit) yield replicaLagLarge.at(place, { node, seconds: lagSeconds, limit })
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
  ],
})
