import type { Node, ReplicaStatus, Row, Session } from './engine.ts'
import { textOf } from './engine.ts'

/**
 * Read-only, and allowed to every role with pg_monitor: PostgreSQL 15, sections 28.2 (views) and 9.27.4 (recovery).
 * A wait for more WAL is the startup process's own word that it has applied what there is: what was fetched last may be
 * the first half of a record, which is never applied when its sender has died. A receiver is `streaming` as soon as it is
 * connected, also when the other end is about to refuse it; until the first message both its times are that of its start.
 */
const statusQuery = `SELECT
  current_setting('primary_conninfo', true) AS told,
  r.status = 'streaming' AND r.last_msg_send_time IS DISTINCT FROM r.last_msg_receipt_time AS receives,
  r.sender_host AS sender,
  coalesce(r.received_tli, (pg_control_recovery()).min_recovery_end_timeline) AS timeline,
  greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())::text AS received,
  pg_last_wal_replay_lsn()::text AS applied,
  pg_get_wal_replay_pause_state() AS pause,
  (SELECT wait_event FROM pg_stat_activity WHERE backend_type = 'startup') AS waits,
  CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
    ELSE extract(epoch FROM now() - pg_last_xact_replay_timestamp()) END AS lag
FROM (SELECT 1) AS one LEFT JOIN pg_stat_wal_receiver AS r ON true`

/** What a standby says of itself; undefined when it is none. */
export async function standbyStatus(session: Session, node?: Node): Promise<ReplicaStatus | undefined> {
  const [role] = await session.query('SELECT pg_is_in_recovery() AS standby')
  if (role?.['standby'] !== true) return undefined
  const [row = {}] = await session.query(statusQuery)
  const status = statusOf(row)
  if (node === undefined || status.receiving === 'yes') return status
  const text = whyNotStreaming(await node.machine.logs())
  return text === undefined ? status : { ...status, error: { number: 0, text } }
}

function statusOf(row: Row): ReplicaStatus {
  const text = (name: string): string => textOf(row[name])
  const told = /\bhost=(\S+)/.exec(text('told'))?.[1] ?? ''
  const receiving = row['receives'] === true ? 'yes' : told === '' ? 'no' : 'connecting'
  const atEnd = receiving !== 'yes' && text('waits') === 'RecoveryRetrieveRetryInterval'
  return {
    source: text('sender') || told,
    receiving,
    applying: text('pause') === 'paused' ? 'no' : 'yes',
    lagSeconds: row['lag'] === null ? null : Number(row['lag']),
    received: text('received'),
    applied: atEnd ? text('received') : text('applied'),
    timeline: Number(row['timeline']),
    error: undefined,
  }
}

const begins = /started streaming WAL|parameter "primary_conninfo" changed|entering standby mode/
const troubles = [
  /startup LOG: {2}(new timeline \d+ forked off .*)/,
  /walreceiver (?:FATAL|ERROR): {2}(?!.*due to administrator command)(.*)/,
]

/**
 * Why a standby does not stream: no view tells, only its log. Told twice since it last streamed or was told its primary,
 * because the first try may meet a primary that is just coming up.
 */
export function whyNotStreaming(log: string): string | undefined {
  const lines = log.split('\n')
  const since = lines.slice(lines.findLastIndex((line) => begins.test(line)) + 1)
  for (const trouble of troubles) {
    const told = since.flatMap((line) => trouble.exec(line)?.[1] ?? [])
    if (told.length > 1) return told.at(-1)
  }
  return undefined
}
