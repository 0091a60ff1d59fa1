import { check, document, rule } from '../../kernel/index.ts'
import type { Witnessed } from '../drill.ts'
import type { DrillObservation } from '../run-drill.ts'

/**
 * The trap behind a failure, by its name: rows tell that something went wrong, traps tell what it usually is.
 * They are of level info, because the rows are the failure already.
 */
const gtids = document('MariaDB: Global transaction ID', 'https://mariadb.com/kb/en/gtid/')
const semiSync = document(
  'MariaDB: Semisynchronous replication',
  'https://mariadb.com/kb/en/semisynchronous-replication/',
)
const codes = document('MariaDB: Error codes', 'https://mariadb.com/kb/en/mariadb-error-codes/')

export const trapAsynchronous = rule({
  id: 'replication/trap-asynchronous',
  level: 'info',
  reference: semiSync,
  says: ({ count }: { count: number }) => `Asynchronous loss: ${count} acknowledged writes never left the old primary.`,
  wants: 'An acknowledged write is on two nodes.',
  remedy:
    'Let the primary wait for a replica (MariaDB: semi-synchronous with a timeout that is not reached; PostgreSQL: synchronous_standby_names), or accept the loss in writing.',
})

export const trapCandidateBehind = rule({
  id: 'replication/trap-candidate-behind',
  level: 'info',
  reference: gtids,
  says: ({ count, node }: { count: number; node: string }) =>
    `Wrong candidate: ${count} of the lost writes are on ${node}, which was not promoted.`,
  wants: 'The survivor that has fetched most is promoted.',
  remedy:
    'Compare what all survivors have fetched before choosing (MariaDB: Gtid_IO_Pos; PostgreSQL: pg_last_wal_receive_lsn).',
})

export const trapPlaceForgotten = rule({
  id: 'replication/trap-place-forgotten',
  level: 'info',
  reference: gtids,
  says: ({ node }: { node: string }) =>
    `Place forgotten: ${node} was told the name of its new primary and no place in its log, began at its first log, and skipped what it had not yet received.`,
  wants: 'A replica that changes its primary goes on where it stands.',
  remedy: 'Use MASTER_USE_GTID = slave_pos with log-slave-updates on every node.',
})

export const trapCollision = rule({
  id: 'replication/trap-collision',
  level: 'info',
  reference: codes,
  says: ({ node }: { node: string }) =>
    `Collision (1062): ${node} has a row under a key that its new primary gave to another.`,
  wants: 'Histories do not part.',
  remedy: 'Build the node anew from the new primary. SQL_SLAVE_SKIP_COUNTER would hide it and make it worse.',
})

export const trapRefused = rule({
  id: 'replication/trap-refused',
  level: 'info',
  reference: gtids,
  says: ({ node }: { node: string }) =>
    `Refused (1236): ${node} has transactions that its new primary has not; it stopped rather than diverge.`,
  wants: 'No replica is ahead of its primary.',
  remedy: 'Look at its extra rows, then build it anew from the new primary.',
})

export const trapLogin = rule({
  id: 'replication/trap-login',
  level: 'info',
  reference: codes,
  says: ({ node }: { node: string }) =>
    `No account (1045, 1698): ${node} cannot log in to its new primary, which has no account for replicas.`,
  wants: 'Every node has the replication account, for the day on which it is promoted.',
  remedy: 'Create the account on the primary with the binary log on, before the first replica is made.',
})

export const trapUserExists = rule({
  id: 'replication/trap-user-exists',
  level: 'info',
  reference: codes,
  says: ({ node }: { node: string }) =>
    `Account exists (1396): ${node} stopped at a CREATE USER that it had carried out before.`,
  wants: 'A statement that replicates can be applied on every node.',
  remedy: 'Write CREATE USER IF NOT EXISTS.',
})

export const trapBegunAgain = rule({
  id: 'replication/trap-begun-again',
  level: 'info',
  reference: gtids,
  says: ({ node }: { node: string }) =>
    `Begun again (1050): ${node} carried out the log of its new primary from the first statement, and stopped at a table that it has.`,
  wants: 'A replica that changes its primary goes on where it stands.',
  remedy: 'Use MASTER_USE_GTID = slave_pos.',
})

export const trapOutOfOrder = rule({
  id: 'replication/trap-out-of-order',
  level: 'info',
  reference: gtids,
  says: ({ node }: { node: string }) =>
    `Out of order (1950): ${node} stopped at a transaction whose number it has passed: somebody wrote on it, or it began at the wrong place.`,
  wants: 'Nobody writes on a replica, and it goes on where it stands.',
  remedy: 'Set read_only on replicas and follow by GTID; build this one anew after its rows were looked at.',
})

export const trapPurged = rule({
  id: 'replication/trap-purged',
  level: 'info',
  reference: codes,
  says: ({ node }: { node: string }) =>
    `Purged (1236): what ${node} has not yet fetched is in no log of its primary any more.`,
  wants: 'Logs are kept until every replica has them.',
  remedy: 'Build the node anew; keep binary logs for longer than a replica can be away.',
})

export const trapApplierWaits = rule({
  id: 'replication/trap-applier-waits',
  level: 'info',
  reference: semiSync,
  says: ({ node, lag }: { node: string; lag: number }) =>
    `Applying stands still: ${node} says Yes and Yes, is ${lag} s behind, and gets no further, as a replica does that waits for replicas of its own.`,
  wants: 'Only the primary waits for replicas.',
  remedy: 'Set rpl_semi_sync_master_enabled = 0 on a node that is no primary any more.',
})

const byNumber: Readonly<
  Record<
    number,
    | typeof trapCollision
    | typeof trapRefused
    | typeof trapLogin
    | typeof trapUserExists
    | typeof trapBegunAgain
    | typeof trapOutOfOrder
  >
> = {
  1045: trapLogin,
  1050: trapBegunAgain,
  1062: trapCollision,
  1236: trapRefused,
  1396: trapUserExists,
  1698: trapLogin,
  1950: trapOutOfOrder,
}

type Judged = Pick<DrillObservation, 'ledger' | 'statuses' | 'primary' | 'witnessed'>
/** What explains a loss whichever node was promoted, and what does so only when it was that one. */
const explains: ReadonlySet<Witnessed['kind']> = new Set([
  'semi-sync-fallen-back',
  'old-primary-alive',
  'acknowledged-alone',
])
const local: ReadonlySet<Witnessed['kind']> = new Set(['relay-log-unapplied', 'filter', 'errant-write', 'built-apart'])

/** Names what usually stands behind rows like these. */
export const trap = check({
  id: 'replication/trap',
  rules: [
    trapAsynchronous,
    trapCandidateBehind,
    trapPlaceForgotten,
    trapCollision,
    trapRefused,
    trapLogin,
    trapUserExists,
    trapBegunAgain,
    trapOutOfOrder,
    trapPurged,
    trapApplierWaits,
  ],
  *run({ ledger, statuses, primary, witnessed }: Judged) {
    // A loss whose cause was seen is named by that, in trap-seen.ts.
    const explained = witnessed.some(({ kind, node }) => explains.has(kind) || (local.has(kind) && node === primary))
    const lost = new Set(ledger.lost)
    let elsewhere = 0
    for (const { node, extra, missing } of ledger.nodes) {
      const own = extra.filter((token) => lost.has(token)).length
      elsewhere = Math.max(elsewhere, own)
      if (own > 0 && !explained) yield trapCandidateBehind.at(`nodes.${node}.extra`, { node, count: own })
      const status = statuses.find((each) => each.node === node)?.status
      const number = status?.error?.number ?? 0
      const named = byNumber[number]
      if (number === 1236 && witnessed.some(({ kind }) => kind === 'binlog-purged'))
        yield trapPurged.at(`nodes.${node}.error`, { node })
      else if (named !== undefined) yield named.at(`nodes.${node}.error`, { node })
      else if (witnessed.some((each) => each.kind === 'built-apart' && each.node === node)) continue
      else if (missing.length > 0 && status?.applying === 'yes' && status.receiving === 'yes') {
        const lag = status.lagSeconds ?? 0
        if (lag > 0) yield trapApplierWaits.at(`nodes.${node}.status`, { node, lag })
        else yield trapPlaceForgotten.at(`nodes.${node}.missing`, { node })
      }
    }
    if (lost.size > elsewhere && !explained) yield trapAsynchronous.at('ledger.lost', { count: lost.size - elsewhere })
  },
  examples: [
    { title: 'nothing is wrong', given: observed({}), yields: [] },
    { title: 'nobody has what is lost', given: observed({ lost: [1, 2] }), yields: [trapAsynchronous] },
    {
      title: 'another has what is lost',
      given: observed({ lost: [1, 2], extra: [1, 2] }),
      yields: [trapCandidateBehind],
    },
    { title: 'green, and rows are missing', given: observed({ missing: [1] }), yields: [trapPlaceForgotten] },
    { title: 'stopped at 1062', given: observed({ missing: [1], error: 1_062 }), yields: [trapCollision] },
    { title: 'refused with 1236', given: observed({ extra: [9], error: 1_236 }), yields: [trapRefused] },
    {
      title: 'no account, and no password would do',
      given: observed({ missing: [1], error: 1_698 }),
      yields: [trapLogin],
    },
    { title: 'no account', given: observed({ missing: [1], error: 1_045 }), yields: [trapLogin] },
    {
      title: 'the account is there already',
      given: observed({ missing: [1], error: 1_396 }),
      yields: [trapUserExists],
    },
    { title: 'green, behind for ever', given: observed({ missing: [1], lag: 4 }), yields: [trapApplierWaits] },
    { title: 'begun again', given: observed({ missing: [1], error: 1_050 }), yields: [trapBegunAgain] },
    { title: 'it has written itself', given: observed({ missing: [1], error: 1_950 }), yields: [trapOutOfOrder] },
    {
      title: 'what it needs is purged',
      given: observed({ missing: [1], error: 1_236, witnessed: [{ kind: 'binlog-purged', node: 'node-2' }] }),
      yields: [trapPurged],
    },
    {
      title: 'the cause was seen by the drill',
      given: observed({ lost: [1], witnessed: [{ kind: 'relay-log-unapplied', node: 'node-2' }] }),
      yields: [],
    },
  ],
})

interface Sketch {
  readonly lost?: readonly number[]
  readonly extra?: readonly number[]
  readonly missing?: readonly number[]
  readonly error?: number
  readonly lag?: number
  readonly witnessed?: readonly Witnessed[]
}

function observed({ lost = [], extra = [], missing = [], error, lag = 0, witnessed = [] }: Sketch): Judged {
  const sound = error === undefined
  return {
    primary: 'node-2',
    witnessed,
    ledger: {
      acknowledged: 500,
      refused: 0,
      unknown: 0,
      lost,
      phantom: [],
      duplicate: [],
      splitBrain: [],
      nodes: [{ node: 'node-3', missing, extra, extraAcknowledged: [], duplicate: [], holes: [], changed: [] }],
    },
    statuses: [
      {
        node: 'node-3',
        status: {
          source: 'node-2',
          receiving: sound ? 'yes' : 'no',
          applying: sound ? 'yes' : 'no',
          lagSeconds: sound ? lag : null,
          received: 'binlog.000001:500',
          applied: 'binlog.000001:500',
          error: sound ? undefined : { number: error, text: '' },
        },
      },
    ],
  }
}
