import { document, rule } from '../../kernel/index.ts'
import { mariadbCheck } from '../health/health-check.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'

export const binaryLogFormatDiffering = rule({
  id: 'replication/binary-log-format-differing',
  level: 'warning',
  reference: document('MariaDB: Binary log formats', 'https://mariadb.com/kb/en/binary-log-formats/'),
  says: ({ formats }: { formats: string }) =>
    `The nodes log in different formats (${formats}): after a promotion replicas get something else than before.`,
  wants: 'All nodes log in one format.',
  remedy: 'Set binlog_format = ROW on all of them; statements that are not deterministic drift apart otherwise.',
})

/** A promotion must not change how changes are told. */
export const binaryLogFormat = mariadbCheck({
  id: 'replication/binary-log-format',
  rules: [binaryLogFormatDiffering],
  *run({ nodes }) {
    const logging = nodes.filter((node) => node.binaryLog)
    if (new Set(logging.map((node) => node.binaryLogFormat)).size <= 1) return
    const formats = logging.map((node) => `${node.node} ${node.binaryLogFormat}`).join(', ')
    yield binaryLogFormatDiffering.at('nodes.binlog_format', { formats })
  },
  examples: [
    { title: 'all the same', given: sampleCluster(), yields: [] },
    {
      title: 'one logs statements',
      given: sampleCluster({ replica: { binaryLogFormat: 'STATEMENT' } }),
      yields: [binaryLogFormatDiffering],
    },
    {
      title: 'one has no log, so that it has no format',
      given: sampleCluster({ replica: { binaryLog: false, binaryLogFormat: 'MIXED' } }),
      yields: [],
    },
  ],
})
