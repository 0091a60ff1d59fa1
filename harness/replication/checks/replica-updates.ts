import { document, rule } from '../../kernel/index.ts'
import { mariadbCheck } from '../health/health-check.ts'
import { replicasOf } from '../health/health.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'

export const replicaUpdatesUnlogged = rule({
  id: 'replication/replica-updates-unlogged',
  level: 'error',
  reference: document(
    'MariaDB: log_slave_updates',
    'https://mariadb.com/kb/en/replication-and-binary-log-system-variables/#log_slave_updates',
  ),
  says: ({ node }: { node: string }) =>
    `${node} does not log what it applies (log_slave_updates is off): once it is primary, a replica that is behind it never gets what it missed.`,
  wants: 'A replica that may be promoted has in its own log what the others may still need.',
  remedy: 'Set log_slave_updates = ON on every node and restart them.',
})

/** The trap of log_slave_updates: the promoted node has the rows, and not the log of them. */
export const replicaUpdates = mariadbCheck({
  id: 'replication/replica-updates',
  rules: [replicaUpdatesUnlogged],
  *run(cluster) {
    // Without a binary log the option means nothing, and that is told as such.
    for (const { node } of replicasOf(cluster).filter((one) => one.binaryLog && !one.logsUpdates)) {
      yield replicaUpdatesUnlogged.at(`nodes.${node}.log_slave_updates`, { node })
    }
  },
  examples: [
    { title: 'all log what they apply', given: sampleCluster(), yields: [] },
    {
      title: 'the primary has nothing to apply',
      given: sampleCluster({ primary: { logsUpdates: false } }),
      yields: [],
    },
    {
      title: 'a replica does not',
      given: sampleCluster({ replica: { logsUpdates: false } }),
      yields: [replicaUpdatesUnlogged],
    },
  ],
})
