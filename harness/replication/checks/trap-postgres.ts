import { check, document, rule } from '../../kernel/index.ts'
import { noRewindRequired, rewindSaid } from '../engines/postgres-rewind.ts'
import type { DrillObservation } from '../run-drill.ts'

/** The traps of PostgreSQL. A standby that cannot follow tells why in its log alone; of level info, as in trap.ts. */
const timelines = document(
  'PostgreSQL 15, 26.3.5 Timelines',
  'https://www.postgresql.org/docs/15/continuous-archiving.html#BACKUP-TIMELINES',
)
const rewind = document('PostgreSQL 15, pg_rewind', 'https://www.postgresql.org/docs/15/app-pgrewind.html')
const streaming = document(
  'PostgreSQL 15, 27.2.5 Streaming Replication',
  'https://www.postgresql.org/docs/15/warm-standby.html#STREAMING-REPLICATION',
)

export const trapTimelineForked = rule({
  id: 'replication/trap-postgres-timeline-forked',
  level: 'info',
  reference: timelines,
  says: ({ node }: { node: string }) =>
    `Timeline forked: ${node} has WAL from beyond the point at which its new primary's timeline begins. It stays on the old timeline, answers queries, and asks again for ever.`,
  wants: 'No standby is ahead of the one that is promoted.',
  remedy:
    'Promote the standby with the highest pg_last_wal_receive_lsn; look at the extra rows of this one, then rewind it with pg_rewind.',
})

export const trapNoRewind = rule({
  id: 'replication/trap-postgres-no-rewind',
  level: 'info',
  reference: rewind,
  says: ({ node }: { node: string }) =>
    `No rewind required: pg_rewind said so of ${node} and changed nothing, because the control file of the new primary still named the old timeline; the node keeps rows that nobody else has and never follows.`,
  wants: 'An old primary is rewound to where the new timeline begins.',
  remedy: 'Run CHECKPOINT on the new primary before pg_rewind, and do not take its exit code for an answer.',
})

export const trapWalRemoved = rule({
  id: 'replication/trap-postgres-wal-removed',
  level: 'info',
  reference: streaming,
  says: ({ node }: { node: string }) => `WAL removed: its primary does not have any more what ${node} needs next.`,
  wants: 'WAL is kept until every standby has it.',
  remedy: 'Build the standby anew with pg_basebackup; use a replication slot, wal_keep_size or an archive.',
})

export const trapStandbyLogin = rule({
  id: 'replication/trap-postgres-login',
  level: 'info',
  reference: streaming,
  says: ({ node }: { node: string }) => `No account: ${node} cannot log in to its new primary.`,
  wants: 'Every node lets the replication account in, for the day on which it is promoted.',
  remedy: 'Give pg_hba.conf of every node a line for replication; it is a file, and does not replicate.',
})

export const trapOldSource = rule({
  id: 'replication/trap-postgres-old-source',
  level: 'info',
  reference: streaming,
  says: ({ node, source }: { node: string; source: string }) =>
    `Left behind: ${node} still asks ${source}, which does not answer.`,
  wants: 'Every survivor is told its new primary.',
  remedy: 'Set primary_conninfo on it with ALTER SYSTEM and reload; a restart is not needed since version 13.',
})

const byWords = [
  [/forked off current database system timeline|is not in this server's history/, trapTimelineForked],
  [/requested WAL segment \S+ has already been removed/, trapWalRemoved],
  [/authentication failed|no pg_hba\.conf entry|role .* does not exist/, trapStandbyLogin],
] as const
const unreached = /could not translate host name|Connection refused|timeout expired|No route to host/

/** Names what stands behind a standby that does not follow. */
export const trapPostgres = check({
  id: 'replication/trap-postgres',
  rules: [trapTimelineForked, trapNoRewind, trapWalRemoved, trapStandbyLogin, trapOldSource],
  *run({ statuses, timeline }: Pick<DrillObservation, 'statuses' | 'timeline'>) {
    for (const { node, status } of statuses) {
      // Servers with numbers for their errors are those of trap.ts.
      if (status?.error === undefined || status.error.number > 0) continue
      const { text } = status.error
      const notRewound = timeline.some(({ what }) => what === rewindSaid(node, noRewindRequired))
      const named = byWords.find(([words]) => words.test(text))?.[1]
      if (notRewound) yield trapNoRewind.at(`nodes.${node}.error`, { node })
      else if (named !== undefined) yield named.at(`nodes.${node}.error`, { node })
      else if (unreached.test(text)) yield trapOldSource.at(`nodes.${node}.error`, { node, source: status.source })
    }
  },
  examples: [
    { title: 'it streams', given: observed(undefined), yields: [] },
    { title: 'it says something that is no trap of these', given: observed('out of memory'), yields: [] },
    {
      title: 'it was ahead of the promoted one',
      given: observed(
        'new timeline 2 forked off current database system timeline 1 before current recovery point 0/E60000',
      ),
      yields: [trapTimelineForked],
    },
    {
      title: 'pg_rewind did its work, and a second primary was promoted meanwhile',
      given: observed(
        'new timeline 2 forked off current database system timeline 1 before current recovery point 0/E60000',
        rewindSaid('node-3', 'Done!'),
      ),
      yields: [trapTimelineForked],
    },
    {
      title: 'pg_rewind said that none is required',
      given: observed(
        'new timeline 2 forked off current database system timeline 1',
        rewindSaid('node-3', noRewindRequired),
      ),
      yields: [trapNoRewind],
    },
    {
      title: 'its WAL is gone',
      given: observed(
        'could not receive data from WAL stream: ERROR:  requested WAL segment 000000010000000000000003 has already been removed',
      ),
      yields: [trapWalRemoved],
    },
    {
      title: 'it is not let in',
      given: observed(
        'could not connect to the primary server: FATAL:  no pg_hba.conf entry for replication connection',
      ),
      yields: [trapStandbyLogin],
    },
    {
      title: 'it was not told its new primary',
      given: observed('could not connect to the primary server: could not translate host name "node-1" to address'),
      yields: [trapOldSource],
    },
  ],
})

function observed(text: string | undefined, moment?: string): Pick<DrillObservation, 'statuses' | 'timeline'> {
  const status = {
    source: 'node-1',
    receiving: text === undefined ? 'yes' : 'connecting',
    applying: 'yes',
    lagSeconds: 0,
    received: '0/E60000',
    applied: '0/E60000',
    timeline: 1,
    error: text === undefined ? undefined : { number: 0, text },
  } as const
  return {
    statuses: [{ node: 'node-3', status }],
    timeline: moment === undefined ? [] : [{ at: 9_000, what: moment }],
  }
}
