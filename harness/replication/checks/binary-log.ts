import { document, rule } from '../../kernel/index.ts'
import { mariadbCheck } from '../health/health-check.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'

export const binaryLogOff = rule({
  id: 'replication/binary-log-off',
  level: 'error',
  reference: document('MariaDB: Activating the binary log', 'https://mariadb.com/kb/en/activating-the-binary-log/'),
  says: ({ node }: { node: string }) => `${node} has no binary log: nobody could follow it.`,
  wants: 'Every node that is or may be primary writes a binary log.',
  remedy: 'Set log_bin on it and restart it.',
})

/** A node without a binary log can be promoted, and then stands alone. */
export const binaryLog = mariadbCheck({
  id: 'replication/binary-log',
  rules: [binaryLogOff],
  *run({ nodes }) {
    for (const { node } of nodes.filter((one) => !one.binaryLog)) {
      yield binaryLogOff.at(`nodes.${node}.log_bin`, { node })
    }
  },
  examples: [
    { title: 'all write one', given: sampleCluster(), yields: [] },
    { title: 'a replica writes none', given: sampleCluster({ replica: { binaryLog: false } }), yields: [binaryLogOff] },
  ],
})
