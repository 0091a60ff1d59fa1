import { document, rule } from '../../kernel/index.ts'
import { mariadbCheck } from '../health/health-check.ts'
import { replicasOf } from '../health/health.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'

const status = document('MariaDB: SHOW REPLICA STATUS', 'https://mariadb.com/kb/en/show-replica-status/')

export const replicaThreadStopped = rule({
  id: 'replication/replica-thread-stopped',
  level: 'error',
  reference: status,
  says: ({ node, threads, error }: { node: string; threads: string; error: string }) =>
    `On ${node} the ${threads} stopped: ${error}.`,
  wants: 'Every replica fetches and applies.',
  remedy: 'Mend what the error says and START SLAVE; never skip a statement to get it running.',
})

/** The threads that fetch and apply. */
export const replicaThread = mariadbCheck({
  id: 'replication/replica-thread',
  rules: [replicaThreadStopped],
  *run(cluster) {
    for (const { node, replications } of replicasOf(cluster)) {
      for (const { receiving, applying, error } of replications) {
        const stopped = [
          ...(receiving === 'no' ? ['thread that fetches'] : []),
          ...(applying === 'no' ? ['thread that applies'] : []),
        ]
        if (stopped.length === 0) continue
        const threads = `${stopped.join(' and the ')} ${stopped.length > 1 ? 'have' : 'has'}`
        const why = error === undefined ? 'no error is told' : `error ${error.number}, ${error.text}`
        yield replicaThreadStopped.at(`nodes.${node}.replication`, { node, threads, error: why })
      }
    }
  },
  examples: [
    { title: 'both run', given: sampleCluster(), yields: [] },
    {
      title: 'it tries to connect, which is not stopped',
      given: sampleCluster({ replication: { receiving: 'connecting', lagSeconds: null } }),
      yields: [],
    },
    {
      title: 'the one that applies met an error',
      given: sampleCluster({ replication: { applying: 'no', error: { number: 1_062, text: 'Duplicate entry' } } }),
      yields: [replicaThreadStopped],
    },
    {
      title: 'both were stopped by hand',
      given: sampleCluster({ replication: { receiving: 'no', applying: 'no' } }),
      yields: [replicaThreadStopped],
    },
  ],
})
