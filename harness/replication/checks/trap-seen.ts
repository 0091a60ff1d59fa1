import { check, document, rule } from '../../kernel/index.ts'
import type { Witnessed } from '../drill.ts'
import type { DrillObservation } from '../run-drill.ts'

/**
 * Traps that the drill itself saw close: what it witnessed, together with rows that are wrong. They are of level info,
 * because the rows are the failure already.
 */
const semiSync = document(
  'MariaDB: Semisynchronous replication',
  'https://mariadb.com/kb/en/semisynchronous-replication/',
)
const reset = document('MariaDB: RESET REPLICA', 'https://mariadb.com/kb/en/reset-replica/')
const filters = document('MariaDB: Replication filters', 'https://mariadb.com/kb/en/replication-filters/')
const readOnly = document('MariaDB: read_only', 'https://mariadb.com/kb/en/server-system-variables/#read_only')
const formats = document('MariaDB: Binary log formats', 'https://mariadb.com/kb/en/binary-log-formats/')

interface At {
  readonly [key: string]: string | number
  readonly node: string
  readonly count: number
}

export const trapRelayLog = rule({
  id: 'replication/trap-seen-relay-log',
  level: 'info',
  reference: reset,
  says: ({ node, count }: At) =>
    `Relay log thrown away: ${node} had fetched writes that it had not applied; RESET SLAVE ALL deleted them, and ${count} acknowledged writes are lost.`,
  wants: 'The relay log is applied before a replica is promoted.',
  remedy: 'Stop the IO thread, start the SQL thread, and wait until it has applied all that was fetched.',
})

export const trapSemiSyncFallback = rule({
  id: 'replication/trap-seen-semi-sync-fallback',
  level: 'info',
  reference: semiSync,
  says: ({ node, count }: At) =>
    `Fallen back: ${node} waited for a replica no longer than its timeout and went on alone; ${count} acknowledged writes are lost.`,
  wants: 'A primary that cannot reach a replica acknowledges nothing.',
  remedy: 'Set rpl_semi_sync_master_timeout so high that it is never reached, and watch Rpl_semi_sync_master_status.',
})

export const trapNotFenced = rule({
  id: 'replication/trap-seen-not-fenced',
  level: 'info',
  reference: readOnly,
  says: ({ node, count }: At) =>
    `Not fenced: ${node} was alive and went on acknowledging while another node was promoted; ${count} acknowledged writes are lost.`,
  wants: 'The old primary acknowledges nothing from the moment at which another one is chosen.',
  remedy: 'Stop the IO threads of all survivors first (semi-synchronous), or set read_only on the old primary.',
})

export const trapFilter = rule({
  id: 'replication/trap-seen-filter',
  level: 'info',
  reference: filters,
  says: ({ node }: At) => `Filter: ${node} ignores tables, so that it has never had their rows, with a green status.`,
  wants: 'Only a node that replicates everything is promoted.',
  remedy: 'Look at Replicate_Wild_Ignore_Table and its like before choosing; build the node anew without the filter.',
})

export const trapAcknowledgedAlone = rule({
  id: 'replication/trap-seen-acknowledged-alone',
  level: 'info',
  reference: semiSync,
  says: ({ node, count }: At) =>
    `Acknowledged by one that is not promoted: ${node} alone had fetched what clients were told, and ${count} acknowledged writes stand in its relay log and nowhere else.`,
  wants: 'What any survivor has fetched is carried out on the one that is promoted.',
  remedy:
    'Before clients come back, carry the relay log of the other survivor out on the new primary: mariadb-binlog --start-position=GTID RELAY-LOG | mariadb. Let no replica acknowledge whose SQL thread stands.',
})

export const trapErrantWrite = rule({
  id: 'replication/trap-seen-errant-write',
  level: 'info',
  reference: readOnly,
  says: ({ node }: At) => `Errant write: somebody wrote on ${node} while it was a replica.`,
  wants: 'Nobody writes on a replica, and one on which somebody did is not promoted.',
  remedy: 'Set read_only; compare gtid_binlog_state with the primary, and build the node anew.',
})

export const trapClientsAtReplica = rule({
  id: 'replication/trap-seen-clients-at-replica',
  level: 'info',
  reference: readOnly,
  says: ({ node }: At) => `Writable replica: clients that came to ${node} were not refused.`,
  wants: 'A replica refuses the writes of applications.',
  remedy: 'Set read_only = 1 on every replica, and clear it on promotion only.',
})

export const trapStatementFormat = rule({
  id: 'replication/trap-seen-statement-format',
  level: 'info',
  reference: formats,
  says: ({ node, count }: At) => `Statement format: ${node} carried statements out again and got ${count} other rows.`,
  wants: 'Replicas get rows.',
  remedy: 'Set binlog_format = ROW.',
})

export const trapNotRepeatable = rule({
  id: 'replication/trap-seen-not-repeatable',
  level: 'info',
  reference: reset,
  says: ({ node }: At) =>
    `Not repeatable: the promotion was interrupted and run again, and undid what ${node} had written as primary.`,
  wants: 'A promotion that was interrupted can be run again.',
  remedy: 'Ask first which node is primary already, and never reset the log of one that takes writes.',
})

type Judged = Pick<DrillObservation, 'ledger' | 'primary' | 'witnessed'>

/** Names the trap that a drill saw close. */
export const trapSeen = check({
  id: 'replication/trap-seen',
  rules: [
    trapRelayLog,
    trapSemiSyncFallback,
    trapNotFenced,
    trapFilter,
    trapErrantWrite,
    trapAcknowledgedAlone,
    trapClientsAtReplica,
    trapStatementFormat,
    trapNotRepeatable,
  ],
  *run({ ledger, primary, witnessed }: Judged) {
    const count = ledger.lost.length
    for (const { kind, node } of witnessed) {
      const promoted = node === primary
      const own = ledger.nodes.find((each) => each.node === node)
      const lostThere = promoted && count + ledger.phantom.length > 0
      const wrongThere = lostThere || (own !== undefined && own.missing.length + own.extra.length > 0)
      const at = [`witnessed.${kind}`, { node, count }] as const
      if (kind === 'relay-log-unapplied' && promoted && count > 0) yield trapRelayLog.at(...at)
      if (kind === 'semi-sync-fallen-back' && count > 0) yield trapSemiSyncFallback.at(...at)
      if (kind === 'old-primary-alive' && count + ledger.splitBrain.length > 0) yield trapNotFenced.at(...at)
      if (kind === 'filter' && wrongThere) yield trapFilter.at(...at)
      if (kind === 'acknowledged-alone' && !promoted && count > 0) yield trapAcknowledgedAlone.at(...at)
      if (kind === 'errant-write' && wrongThere) yield trapErrantWrite.at(...at)
      if (kind === 'clients-at-replica' && ledger.splitBrain.length > 0) yield trapClientsAtReplica.at(...at)
      const apart = ledger.nodes.some(({ missing, extra }) => missing.length + extra.length > 0)
      if (kind === 'promotion-interrupted' && (apart || count > 0)) yield trapNotRepeatable.at(...at)
    }
    for (const { node, changed } of ledger.nodes) {
      if (changed.length === 0) continue
      yield trapStatementFormat.at(`nodes.${node}.changed`, { node, count: changed.length })
    }
  },
  examples: [
    { title: 'nothing was seen', given: observed({ lost: [1] }), yields: [] },
    { title: 'seen, and it did no harm', given: observed({ witnessed: 'relay-log-unapplied' }), yields: [] },
    {
      title: 'the relay log went',
      given: observed({ lost: [1], witnessed: 'relay-log-unapplied' }),
      yields: [trapRelayLog],
    },
    {
      title: 'the primary waited no longer',
      given: observed({ lost: [1], witnessed: 'semi-sync-fallen-back' }),
      yields: [trapSemiSyncFallback],
    },
    {
      title: 'the old primary went on',
      given: observed({ lost: [1], witnessed: 'old-primary-alive' }),
      yields: [trapNotFenced],
    },
    { title: 'a filter hid a table', given: observed({ lost: [1], witnessed: 'filter' }), yields: [trapFilter] },
    {
      title: 'somebody wrote on the promoted one',
      given: observed({ phantom: [1], witnessed: 'errant-write' }),
      yields: [trapErrantWrite],
    },
    {
      title: 'another one had it alone',
      given: { ...observed({ lost: [1], witnessed: 'acknowledged-alone' }), primary: 'node-3' },
      yields: [trapAcknowledgedAlone],
    },
    {
      title: 'clients were not refused',
      given: observed({ splitBrain: true, witnessed: 'clients-at-replica' }),
      yields: [trapClientsAtReplica],
    },
    { title: 'a statement gave other rows', given: observed({ changed: [1] }), yields: [trapStatementFormat] },
    {
      title: 'it was run again',
      given: observed({ missing: [1], witnessed: 'promotion-interrupted' }),
      yields: [trapNotRepeatable],
    },
  ],
})

interface Sketch {
  readonly lost?: readonly number[]
  readonly phantom?: readonly number[]
  readonly missing?: readonly number[]
  readonly changed?: readonly number[]
  readonly splitBrain?: boolean
  readonly witnessed?: Witnessed['kind']
}

function observed({ lost = [], phantom = [], missing = [], changed = [], splitBrain, witnessed }: Sketch): Judged {
  return {
    primary: 'node-2',
    witnessed: witnessed === undefined ? [] : [{ kind: witnessed, node: 'node-2' }],
    ledger: {
      acknowledged: 500,
      refused: 0,
      unknown: 0,
      lost,
      phantom,
      duplicate: [],
      splitBrain: splitBrain === true ? [{ era: 0, origins: ['node-1', 'node-2'] }] : [],
      nodes: [{ node: 'node-3', missing, extra: [], extraAcknowledged: [], duplicate: [], holes: [], changed }],
    },
  }
}
