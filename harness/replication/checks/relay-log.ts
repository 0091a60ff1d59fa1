import { document, rule } from '../../kernel/index.ts'
import { mariadbCheck } from '../health/health-check.ts'
import { replicasOf } from '../health/health.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'

export const relayLogUnapplied = rule({
  id: 'replication/relay-log-unapplied',
  level: 'warning',
  reference: document('MariaDB: Relay log', 'https://mariadb.com/kb/en/relay-log/'),
  says: ({ node, fetched, applied }: { node: string; fetched: string; applied: string }) =>
    `${node} has fetched up to ${fetched}, has applied up to ${applied}, and did not catch up while we looked.`,
  wants: 'A replica applies what it has fetched.',
  remedy: 'Before a promotion wait until it has: RESET SLAVE and CHANGE MASTER throw the rest of the relay log away.',
})

/** Writes that are on the replica, and only in its relay log. */
export const relayLog = mariadbCheck({
  id: 'replication/relay-log',
  rules: [relayLogUnapplied],
  *run(cluster) {
    for (const { node, replications } of replicasOf(cluster)) {
      for (const { drains, fetched, applied } of replications) {
        if (drains) continue
        yield relayLogUnapplied.at(`nodes.${node}.relay_log`, {
          node,
          fetched: `${fetched.file}:${fetched.position}`,
          applied: `${applied.file}:${applied.position}`,
        })
      }
    }
  },
  examples: [
    { title: 'all is applied', given: sampleCluster(), yields: [] },
    {
      title: 'some is not, and stays so',
      given: sampleCluster({ replication: { drains: false, applied: { file: 'binlog.000001', position: 4_000 } } }),
      yields: [relayLogUnapplied],
    },
  ],
})
