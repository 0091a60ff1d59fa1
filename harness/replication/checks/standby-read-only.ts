import { rule } from '../../kernel/index.ts'
import { postgresCheck } from '../health/health-check.ts'
import { replicasOf } from '../health/health.ts'
import { samplePostgres } from '../health/postgres/sample.ts'
import { postgresPage } from '../postgres-pages.ts'

export const standbyReadOnlySet = rule({
  id: 'replication/standby-read-only-set',
  level: 'error',
  reference: postgresPage(
    '20.11.1 default_transaction_read_only',
    'runtime-config-client.html#GUC-DEFAULT-TRANSACTION-READ-ONLY',
  ),
  says: ({ node }: { node: string }) =>
    `default_transaction_read_only is on on ${node}: once it is primary, it refuses every write of its clients.`,
  wants: 'A node that may be promoted takes writes from then on.',
  remedy: 'ALTER SYSTEM RESET default_transaction_read_only and pg_reload_conf(): a standby refuses writes by itself.',
})

/** A second lock on standbys, which the promotion does not open. */
export const standbyReadOnly = postgresCheck({
  id: 'replication/standby-read-only',
  rules: [standbyReadOnlySet],
  *run(cluster) {
    for (const { node, settings } of replicasOf(cluster)) {
      if (settings.defaultTransactionReadOnly) yield standbyReadOnlySet.at(`nodes.${node}.read_only`, { node })
    }
  },
  examples: [
    { title: 'off', given: samplePostgres(), yields: [] },
    {
      title: 'on on a standby',
      given: samplePostgres({ standbySettings: { defaultTransactionReadOnly: true } }),
      yields: [standbyReadOnlySet],
    },
    {
      title: 'on on the primary, which somebody holds at rest',
      given: samplePostgres({ primarySettings: { defaultTransactionReadOnly: true } }),
      yields: [],
    },
  ],
})
