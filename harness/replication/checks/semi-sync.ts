import { document, rule } from '../../kernel/index.ts'
import { mariadbCheck } from '../health/health-check.ts'
import { primaryOf } from '../health/health.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'

const semiSyncPage = document(
  'MariaDB: Semisynchronous replication',
  'https://mariadb.com/kb/en/semisynchronous-replication/',
)

export const semiSyncFallenBack = rule({
  id: 'replication/semi-sync-fallen-back',
  level: 'error',
  reference: semiSyncPage,
  says: ({ node, timeoutMs }: { node: string; timeoutMs: number }) =>
    `${node} is set to wait for a replica, and does not: Rpl_semi_sync_master_status is OFF after a wait of ${timeoutMs} ms. It acknowledges what no replica has.`,
  wants: 'A primary that is set to wait for a replica does.',
  remedy: 'Bring a semi-synchronous replica back; raise rpl_semi_sync_master_timeout if no write may go unprotected.',
})

export const semiSyncOff = rule({
  id: 'replication/semi-sync-off',
  level: 'info',
  reference: semiSyncPage,
  says: ({ node }: { node: string }) =>
    `${node} acknowledges writes before any replica has them: those under way when it dies are lost.`,
  wants: 'An acknowledged write is on two nodes, where none may be lost.',
  remedy: 'Set rpl_semi_sync_slave_enabled on the replicas, then rpl_semi_sync_master_enabled on the primary.',
})

/** Whether the primary waits for a replica before it acknowledges, as it is told to. */
export const semiSync = mariadbCheck({
  id: 'replication/semi-sync',
  rules: [semiSyncFallenBack, semiSyncOff],
  *run(cluster) {
    const primary = primaryOf(cluster)
    if (primary === undefined) return
    const { node } = primary
    const { waits, active, timeoutMs } = primary.semiSync
    const place = `nodes.${node}.semi_sync`
    if (!waits) yield semiSyncOff.at(place, { node })
    else if (!active) yield semiSyncFallenBack.at(place, { node, timeoutMs })
  },
  examples: [
    { title: 'it waits', given: sampleCluster(), yields: [] },
    {
      title: 'it has stopped waiting',
      given: sampleCluster({ primary: { semiSync: { waits: true, active: false, timeoutMs: 500 } } }),
      yields: [semiSyncFallenBack],
    },
    {
      title: 'asynchronous by choice',
      given: sampleCluster({ primary: { semiSync: { waits: false, active: false, timeoutMs: 10_000 } } }),
      yields: [semiSyncOff],
    },
  ],
})
