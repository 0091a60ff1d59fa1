import { document, rule } from '../../kernel/index.ts'
import type { ReplicaStatus } from '../engines/engine.ts'
import { ofPostgresToo } from '../health/health-check.ts'
import type { DrillObservation } from '../run-drill.ts'

const receiver = document(
  'PostgreSQL 15, 28.2.6 pg_stat_wal_receiver',
  'https://www.postgresql.org/docs/15/monitoring-stats.html#MONITORING-PG-STAT-WAL-RECEIVER-VIEW',
)
const recovery = document(
  'PostgreSQL 15, 9.27.4 Recovery Control Functions',
  'https://www.postgresql.org/docs/15/functions-admin.html#FUNCTIONS-RECOVERY-CONTROL',
)
const timelines = document(
  'PostgreSQL 15, 26.3.5 Timelines',
  'https://www.postgresql.org/docs/15/continuous-archiving.html#BACKUP-TIMELINES',
)

export const standbyNotStreaming = rule({
  id: 'replication/standby-not-streaming',
  level: 'error',
  reference: receiver,
  says: ({ node, source, why }: { node: string; source: string; why: string }) =>
    source === ''
      ? `${node} streams from nobody: it was told no primary.`
      : `${node} does not stream from ${source}: ${why}.`,
  wants: 'pg_stat_wal_receiver of every standby has a row whose status is streaming.',
  remedy: 'Read the log of the standby: no view tells why. Then set primary_conninfo, or rewind or rebuild the node.',
})

export const standbyTimelineLeft = rule({
  id: 'replication/standby-timeline-left',
  level: 'error',
  reference: timelines,
  says: ({ node, timeline, wanted }: { node: string; timeline: number; wanted: number }) =>
    `${node} is on timeline ${timeline}, its primary on ${wanted}.`,
  wants: 'Every standby follows the timeline of its primary.',
  remedy: 'Rewind it with pg_rewind after a CHECKPOINT on the primary, or build it anew with pg_basebackup.',
})

export const standbyReplayPaused = rule({
  id: 'replication/standby-replay-paused',
  level: 'error',
  reference: recovery,
  says: ({ node }: { node: string }) => `${node} receives WAL and does not replay it: replay is paused.`,
  wants: 'A standby replays what it receives.',
  remedy: 'Find out who called pg_wal_replay_pause(), then call pg_wal_replay_resume().',
})

export const standbyLagHidden = rule({
  id: 'replication/standby-lag-hidden',
  level: 'warning',
  reference: recovery,
  says: ({ node }: { node: string }) =>
    `${node} gives a lag of 0 s although it receives nothing: it has replayed all that it ever received.`,
  wants: 'A lag is read where WAL arrives.',
  remedy:
    'Watch pg_stat_replication on the primary as well; a lag reckoned on the standby alone calls a cut link healthy.',
})

type Seen = Pick<DrillObservation, 'statuses' | 'primaryTimeline'>

/**
 * What standbys say of themselves in views that any monitoring role may read, in a drill and in a live cluster; other
 * engines have no timeline.
 */
export const standby = ofPostgresToo({
  id: 'replication/standby',
  rules: [standbyNotStreaming, standbyTimelineLeft, standbyReplayPaused, standbyLagHidden],
  *run({ statuses, primaryTimeline }: Seen) {
    for (const { node, status } of statuses) {
      if (status?.timeline === undefined) continue
      const { source, timeline } = status
      if (status.receiving !== 'yes') {
        const why = status.error?.text ?? 'its log does not say why'
        yield standbyNotStreaming.at(`nodes.${node}.status`, { node, source, why })
        if (status.lagSeconds === 0) yield standbyLagHidden.at(`nodes.${node}.status`, { node })
      }
      if (primaryTimeline !== undefined && timeline !== primaryTimeline) {
        yield standbyTimelineLeft.at(`nodes.${node}.status`, { node, timeline, wanted: primaryTimeline })
      }
      if (status.applying === 'no') yield standbyReplayPaused.at(`nodes.${node}.status`, { node })
    }
  },
  examples: [
    { title: 'it streams on the timeline of its primary', given: seen({}), yields: [] },
    { title: 'a node that is no standby', given: { statuses: [{ node: 'node-3', status: undefined }] }, yields: [] },
    {
      title: 'it was ahead and cannot follow',
      given: seen({ receiving: 'connecting', timeline: 1, lagSeconds: 0 }),
      yields: [standbyNotStreaming, standbyLagHidden, standbyTimelineLeft],
    },
    {
      title: 'it was told nothing, and has a backlog',
      given: seen({ receiving: 'no', source: '', lagSeconds: 40 }),
      yields: [standbyNotStreaming],
    },
    { title: 'somebody paused it', given: seen({ applying: 'no', lagSeconds: 12 }), yields: [standbyReplayPaused] },
  ],
})

function seen(status: Partial<ReplicaStatus>): Seen {
  const sound: ReplicaStatus = {
    source: 'node-2',
    receiving: 'yes',
    applying: 'yes',
    lagSeconds: 0,
    received: '0/E60000',
    applied: '0/E60000',
    timeline: 2,
    error: undefined,
  }
  return { statuses: [{ node: 'node-3', status: { ...sound, ...status } }], primaryTimeline: 2 }
}
