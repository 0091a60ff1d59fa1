import { document, rule } from '../../kernel/index.ts'
import { mariadbCheck } from '../health/health-check.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'

export const durabilityLogUnsynced = rule({
  id: 'replication/durability-log-unsynced',
  level: 'warning',
  reference: document(
    'MariaDB: sync_binlog',
    'https://mariadb.com/kb/en/replication-and-binary-log-system-variables/#sync_binlog',
  ),
  says: ({ node, value }: { node: string; value: number }) =>
    `On ${node} sync_binlog is ${value}: at a power loss acknowledged writes are missing in its binary log, and its replicas are ahead of it.`,
  wants: 'The binary log is synced at every commit.',
  remedy: 'Set sync_binlog = 1 on every node that is or may be primary.',
})

export const durabilityCommitUnflushed = rule({
  id: 'replication/durability-commit-unflushed',
  level: 'warning',
  reference: document(
    'MariaDB: innodb_flush_log_at_trx_commit',
    'https://mariadb.com/kb/en/innodb-system-variables/#innodb_flush_log_at_trx_commit',
  ),
  says: ({ node, value }: { node: string; value: number }) =>
    `On ${node} innodb_flush_log_at_trx_commit is ${value}: up to a second of acknowledged writes is lost at a power loss.`,
  wants: 'An acknowledged write is on the disk.',
  remedy: 'Set innodb_flush_log_at_trx_commit = 1 on every node that is or may be primary.',
})

/** Settings that buy speed with acknowledged writes; replicas become primaries, so they are asked too. */
export const durability = mariadbCheck({
  id: 'replication/durability',
  rules: [durabilityLogUnsynced, durabilityCommitUnflushed],
  *run({ nodes }) {
    for (const { node, binaryLog, syncBinaryLog, flushAtCommit } of nodes) {
      if (binaryLog && syncBinaryLog !== 1) {
        yield durabilityLogUnsynced.at(`nodes.${node}.sync_binlog`, { node, value: syncBinaryLog })
      }
      // 3 flushes at every commit as well, twice in a group.
      if (![1, 3].includes(flushAtCommit)) {
        yield durabilityCommitUnflushed.at(`nodes.${node}.innodb_flush`, { node, value: flushAtCommit })
      }
    }
  },
  examples: [
    { title: 'synced and flushed', given: sampleCluster(), yields: [] },
    {
      title: 'the log is not synced',
      given: sampleCluster({ primary: { syncBinaryLog: 0 } }),
      yields: [durabilityLogUnsynced],
    },
    {
      title: 'a replica flushes once a second',
      given: sampleCluster({ replica: { flushAtCommit: 2 } }),
      yields: [durabilityCommitUnflushed],
    },
  ],
})
