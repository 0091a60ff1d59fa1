import { document, rule } from '../../kernel/index.ts'
import { mariadbCheck } from '../health/health-check.ts'
import { replicasOf } from '../health/health.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'

export const readOnlyOff = rule({
  id: 'replication/read-only-off',
  level: 'warning',
  reference: document('MariaDB: Read-only replicas', 'https://mariadb.com/kb/en/read-only-replicas/'),
  says: ({ node }: { node: string }) => `${node} is a replica and takes writes of ordinary accounts.`,
  wants: 'A replica refuses writes until it is promoted.',
  remedy: 'SET GLOBAL read_only = ON, and in its configuration; the promotion turns it off.',
})

/** A client that is led to a replica by mistake must be refused. */
export const readOnly = mariadbCheck({
  id: 'replication/read-only',
  rules: [readOnlyOff],
  *run(cluster) {
    for (const { node } of replicasOf(cluster).filter((one) => !one.readOnly && one.node !== cluster.primary)) {
      yield readOnlyOff.at(`nodes.${node}.read_only`, { node })
    }
  },
  examples: [
    { title: 'the primary alone takes writes', given: sampleCluster(), yields: [] },
    {
      title: 'a replica takes them too',
      given: sampleCluster({ replica: { readOnly: false } }),
      yields: [readOnlyOff],
    },
  ],
})
