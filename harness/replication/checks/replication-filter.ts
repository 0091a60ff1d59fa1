import { document, rule } from '../../kernel/index.ts'
import { mariadbCheck } from '../health/health-check.ts'
import { replicasOf } from '../health/health.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'

const filters = document('MariaDB: Replication filters', 'https://mariadb.com/kb/en/replication-filters/')

export const replicationFilterActive = rule({
  id: 'replication/replication-filter-active',
  level: 'error',
  reference: filters,
  says: ({ node, filter }: { node: string; filter: string }) =>
    `${node} has a filter, ${filter}: what it holds back is gone once this node is the primary.`,
  wants: 'A replica that may be promoted has everything.',
  remedy: 'Remove the filter and build the replica anew, or keep it out of every promotion.',
})

export const replicationFilterLog = rule({
  id: 'replication/replication-filter-log',
  level: 'error',
  reference: filters,
  says: ({ node, filter }: { node: string; filter: string }) =>
    `${node} leaves changes out of its binary log, ${filter}: no replica ever hears of them.`,
  wants: 'The binary log has every change.',
  remedy: 'Remove the option, and build the replicas anew.',
})

/** Filters: everything is green, and a table is missing. */
export const replicationFilter = mariadbCheck({
  id: 'replication/replication-filter',
  rules: [replicationFilterActive, replicationFilterLog],
  *run(cluster) {
    for (const { node, replications } of replicasOf(cluster)) {
      for (const filter of replications.flatMap((one) => one.filters)) {
        yield replicationFilterActive.at(`nodes.${node}.filters`, { node, filter })
      }
    }
    for (const { node, logFilters } of cluster.nodes) {
      for (const filter of logFilters) yield replicationFilterLog.at(`nodes.${node}.log`, { node, filter })
    }
  },
  examples: [
    { title: 'no filter anywhere', given: sampleCluster(), yields: [] },
    {
      title: 'a table is held back',
      given: sampleCluster({ replication: { filters: ['replicate_wild_ignore_table = app.audit%'] } }),
      yields: [replicationFilterActive],
    },
    {
      title: 'a schema is left out of the log',
      given: sampleCluster({ primary: { logFilters: ['binlog_ignore_db = app'] } }),
      yields: [replicationFilterLog],
    },
  ],
})
