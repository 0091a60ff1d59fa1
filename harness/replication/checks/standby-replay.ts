import { rule } from '../../kernel/index.ts'
import { postgresCheck } from '../health/health-check.ts'
import { replicasOf } from '../health/health.ts'
import { samplePostgres } from '../health/postgres/sample.ts'
import { postgresPage } from '../postgres-pages.ts'

export const standbyReplayBehind = rule({
  id: 'replication/standby-replay-behind',
  level: 'warning',
  reference: postgresPage('27.4.2 Handling Query Conflicts', 'hot-standby.html#HOT-STANDBY-CONFLICT'),
  says: ({ node, bytes }: { node: string; bytes: number }) =>
    `${node} has ${bytes} bytes of WAL that it has not replayed, and did not catch up while we looked.`,
  wants: 'A standby replays what it receives.',
  remedy:
    'Look for a query that holds it up (max_standby_streaming_delay) and for recovery_min_apply_delay. A promotion replays all of it first, and takes as long.',
})

/** WAL that is on the standby and not replayed; one that was paused is told as such. */
export const standbyReplay = postgresCheck({
  id: 'replication/standby-replay',
  rules: [standbyReplayBehind],
  *run(cluster) {
    for (const { node, replications, end, replayed } of replicasOf(cluster)) {
      const behind = replications.some(({ drains, applying }) => !drains && applying === 'yes')
      if (behind) yield standbyReplayBehind.at(`nodes.${node}.replay`, { node, bytes: end - replayed })
    }
  },
  examples: [
    { title: 'all is replayed', given: samplePostgres(), yields: [] },
    {
      title: 'a query holds it up',
      given: samplePostgres({ standby: { replayed: 40_000 }, replication: { drains: false } }),
      yields: [standbyReplayBehind],
    },
    {
      title: 'somebody paused it',
      given: samplePostgres({ standby: { replayed: 40_000 }, replication: { drains: false, applying: 'no' } }),
      yields: [],
    },
  ],
})
