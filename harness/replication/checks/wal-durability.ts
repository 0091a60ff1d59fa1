import { rule } from '../../kernel/index.ts'
import { postgresCheck } from '../health/health-check.ts'
import { samplePostgres } from '../health/postgres/sample.ts'
import { postgresPage } from '../postgres-pages.ts'

export const walDurabilityUnsynced = rule({
  id: 'replication/wal-durability-unsynced',
  level: 'warning',
  reference: postgresPage('20.5.1 fsync', 'runtime-config-wal.html#GUC-FSYNC'),
  says: ({ node }: { node: string }) =>
    `On ${node} fsync is off: after a power loss its data folder may be beyond repair.`,
  wants: 'An acknowledged write is on the disk.',
  remedy: 'Set fsync = on on every node that is or may be primary, and pg_reload_conf().',
})

export const walDurabilityUnflushed = rule({
  id: 'replication/wal-durability-unflushed',
  level: 'warning',
  reference: postgresPage('30.4 Asynchronous Commit', 'wal-async-commit.html'),
  says: ({ node }: { node: string }) =>
    `On ${node} synchronous_commit is off: writes are acknowledged before they are on any disk, and the last ones are lost when the server dies.`,
  wants: 'An acknowledged write is on the disk.',
  remedy: 'Set synchronous_commit = on or local on every node that is or may be primary.',
})

/** Settings that buy speed with acknowledged writes; standbys become primaries, so they are asked too. */
export const walDurability = postgresCheck({
  id: 'replication/wal-durability',
  rules: [walDurabilityUnsynced, walDurabilityUnflushed],
  *run({ nodes }) {
    for (const { node, settings } of nodes) {
      if (!settings.fsync) yield walDurabilityUnsynced.at(`nodes.${node}.fsync`, { node })
      if (settings.synchronousCommit === 'off')
        yield walDurabilityUnflushed.at(`nodes.${node}.synchronous_commit`, { node })
    }
  },
  examples: [
    { title: 'synced and flushed', given: samplePostgres(), yields: [] },
    {
      title: 'nothing is synced',
      given: samplePostgres({ primarySettings: { fsync: false } }),
      yields: [walDurabilityUnsynced],
    },
    {
      title: 'a standby would acknowledge too early',
      given: samplePostgres({ standbySettings: { synchronousCommit: 'off' } }),
      yields: [walDurabilityUnflushed],
    },
  ],
})
