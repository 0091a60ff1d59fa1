import { document, rule } from '../../kernel/index.ts'
import { errantOf } from '../health/mariadb/errant.ts'
import { gtidText, parseGtids } from '../health/mariadb/gtid.ts'
import { mariadbCheck } from '../health/health-check.ts'
import { replicasOf } from '../health/health.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'

export const errantTransactionsPresent = rule({
  id: 'replication/errant-transactions-present',
  level: 'error',
  reference: document('MariaDB: Global transaction ID', 'https://mariadb.com/kb/en/gtid/'),
  says: ({ node, primary, gtids }: { node: string; primary: string; gtids: string }) =>
    `${node} has transactions that ${primary} has not: up to ${gtids}.`,
  wants: 'No replica has a transaction that its primary has not.',
  remedy:
    'Look at them (mariadb-binlog), bring what is wanted to the primary, and build the replica anew. Promoted, it would spread them; left, it refuses to follow another (1236).',
})

/** Transactions of a replica's own, or of a primary that is no more. */
export const errantTransactions = mariadbCheck({
  id: 'replication/errant-transactions',
  rules: [errantTransactionsPresent],
  *run(cluster) {
    const primary = cluster.primary ?? ''
    for (const replica of replicasOf(cluster)) {
      const own = [...new Set(errantOf(replica, cluster).map(gtidText))]
      const { node } = replica
      if (own.length > 0) {
        yield errantTransactionsPresent.at(`nodes.${node}.gtid`, { node, primary, gtids: own.join(', ') })
      }
    }
  },
  examples: [
    { title: 'the same on all', given: sampleCluster(), yields: [] },
    {
      title: 'a replica is behind, which is not errant',
      given: sampleCluster({ replica: { logged: parseGtids('0-1-90'), appliedGtid: parseGtids('0-1-90') } }),
      yields: [],
    },
    {
      title: 'a write was made on the replica, and its number is one that the primary has as well',
      given: sampleCluster({ replica: { logged: parseGtids('0-1-99,0-2-100') } }),
      yields: [errantTransactionsPresent],
    },
    {
      title: 'the replica is ahead: the primary came back without its last writes',
      given: sampleCluster({ replica: { appliedGtid: parseGtids('0-1-120') } }),
      yields: [errantTransactionsPresent],
    },
  ],
})
