import { rule } from '../../kernel/index.ts'
import { postgresCheck } from '../health/health-check.ts'
import { primaryOf } from '../health/health.ts'
import { synchronousWanted } from '../health/postgres/cluster.ts'
import { samplePostgres } from '../health/postgres/sample.ts'
import { postgresPage } from '../postgres-pages.ts'

const synchronous = postgresPage('27.2.8 Synchronous Replication', 'warm-standby.html#SYNCHRONOUS-REPLICATION')

export const synchronousStandbyAbsent = rule({
  id: 'replication/synchronous-standby-absent',
  level: 'error',
  reference: synchronous,
  says: ({ node, names, wanted, there }: { node: string; names: string; wanted: number; there: number }) =>
    `${node} waits for ${wanted} of ${names} at every commit, and ${there} of them ${there === 1 ? 'streams' : 'stream'}: every commit hangs, without an error.`,
  wants: 'The standbys for which a primary waits are there.',
  remedy:
    'Bring them back, or name others in synchronous_standby_names; emptying it lets commits go on, and is asynchronous.',
})

export const synchronousStandbyIgnored = rule({
  id: 'replication/synchronous-standby-ignored',
  level: 'error',
  reference: synchronous,
  says: ({ node, value }: { node: string; value: string }) =>
    `${node} names synchronous standbys and does not wait for them: synchronous_commit is ${value}. It acknowledges what no standby has.`,
  wants: 'A primary that is set to wait for a standby does.',
  remedy: 'Set synchronous_commit = on; a transaction that may be lost can turn it off for itself.',
})

export const synchronousStandbyNone = rule({
  id: 'replication/synchronous-standby-none',
  level: 'info',
  reference: synchronous,
  says: ({ node }: { node: string }) =>
    `${node} acknowledges writes before any standby has them: those under way when it dies are lost.`,
  wants: 'An acknowledged write is on two nodes, where none may be lost.',
  remedy: "Set synchronous_standby_names = 'ANY 1 (...)' with two standbys at least, so that one may be away.",
})

/** Whether the primary waits for a standby before it acknowledges. PostgreSQL never falls back by itself: it waits. */
export const synchronousStandby = postgresCheck({
  id: 'replication/synchronous-standby',
  rules: [synchronousStandbyAbsent, synchronousStandbyIgnored, synchronousStandbyNone],
  *run(cluster) {
    const primary = primaryOf(cluster)
    if (primary === undefined) return
    const { node, settings, senders } = primary
    const { synchronousStandbyNames: names, synchronousCommit: value } = settings
    const place = `nodes.${node}.synchronous`
    const wanted = synchronousWanted(settings)
    const there = senders.filter(({ sync, state }) => /^(?:sync|quorum)$/.test(sync) && state === 'streaming').length
    if (wanted === 0) yield synchronousStandbyNone.at(place, { node })
    else if (value === 'off' || value === 'local') yield synchronousStandbyIgnored.at(place, { node, value })
    else if (there < wanted) yield synchronousStandbyAbsent.at(place, { node, names, wanted, there })
  },
  examples: [
    { title: 'one of three, and two are there', given: samplePostgres(), yields: [] },
    {
      title: 'none of them streams',
      given: samplePostgres({ primary: { senders: [] } }),
      yields: [synchronousStandbyAbsent],
    },
    {
      title: 'a list without a number wants one, and the only sender is none of it',
      given: samplePostgres({
        primarySettings: { synchronousStandbyNames: 'other' },
        primary: { senders: [{ name: 'pg-2', address: '10.0.0.2', state: 'streaming', sync: 'async' }] },
      }),
      yields: [synchronousStandbyAbsent],
    },
    {
      title: 'it is told not to wait',
      given: samplePostgres({ primarySettings: { synchronousCommit: 'local' } }),
      yields: [synchronousStandbyIgnored],
    },
    {
      title: 'asynchronous by choice',
      given: samplePostgres({ primarySettings: { synchronousStandbyNames: '' } }),
      yields: [synchronousStandbyNone],
    },
  ],
})
