import { check, document, rule } from '../../kernel/index.ts'
import type { NodeReport } from '../ledger/compare.ts'
import { tokenText } from '../ledger/token.ts'
import type { DrillObservation } from '../run-drill.ts'

const failover = document(
  'MariaDB: Switching roles: replication failover and switchover',
  'https://mariadb.com/kb/en/changing-a-replica-to-become-the-primary/',
)
const gtids = document('MariaDB: Global transaction ID', 'https://mariadb.com/kb/en/gtid/')

interface Rows {
  readonly [key: string]: string | number
  readonly node: string
  readonly count: number
  readonly some: string
}

export const rowsLost = rule({
  id: 'replication/rows-lost',
  level: 'error',
  reference: failover,
  says: ({ node, count, some }: Rows) => `${count} writes that clients saw acknowledged are not on ${node}: ${some}.`,
  wants: 'Every acknowledged write is on the node that goes on as primary.',
  remedy:
    'Promote the node that has fetched most, with its relay log applied, and let the primary wait for a replica before it acknowledges.',
})

export const rowsPhantom = rule({
  id: 'replication/rows-phantom',
  level: 'error',
  reference: failover,
  says: ({ node, count, some }: Rows) =>
    `${count} rows are on ${node} that clients were refused or never sent: ${some}.`,
  wants: 'A write that was refused is nowhere.',
  remedy: 'Find out which node carried it out, and why its client was told otherwise.',
})

export const rowsDuplicate = rule({
  id: 'replication/rows-duplicate',
  level: 'error',
  reference: gtids,
  says: ({ node, count, some }: Rows) => `${count} writes stand more than once on ${node}: ${some}.`,
  wants: 'Every write stands once.',
  remedy: 'Let a replica go on where it stands (MariaDB: by GTID), so that nothing is applied again.',
})

export const rowsMissing = rule({
  id: 'replication/rows-missing',
  level: 'error',
  reference: gtids,
  says: ({ node, count, some }: Rows) => `${count} rows of the primary are missing on ${node}: ${some}.`,
  wants: 'Every replica has every row of its primary once nothing moves any more.',
  remedy:
    'Let it go on where it stands (MariaDB: MASTER_USE_GTID = slave_pos; PostgreSQL: pg_rewind first where histories parted), or build it anew from the primary.',
})

export const rowsExtra = rule({
  id: 'replication/rows-extra',
  level: 'error',
  reference: gtids,
  says: ({ node, count, some, acknowledged }: Rows & { acknowledged: number }) =>
    `${count} rows are on ${node} and not on its primary, ${acknowledged} of them acknowledged to a client: ${some}.`,
  wants: 'No replica has a row that its primary has not.',
  remedy: 'Promote the node that has most; build the one that is ahead anew, after its rows were looked at.',
})

export const rowsGreenButWrong = rule({
  id: 'replication/rows-green-but-wrong',
  level: 'error',
  reference: gtids,
  says: ({ node, lag }: { node: string; lag: number }) =>
    `${node} says that it fetches and applies with a lag of ${lag} s, and its rows are not those of its primary.`,
  wants: 'A replica that calls itself healthy has the rows of its primary.',
  remedy: 'Never take a status for the data: compare rows, and follow by GTID, which refuses where positions lie.',
})

export const rowsChanged = rule({
  id: 'replication/rows-changed',
  level: 'error',
  reference: document('MariaDB: Binary log formats', 'https://mariadb.com/kb/en/binary-log-formats/'),
  says: ({ node, count, some }: Rows) =>
    `${count} rows stand on ${node} with another content than on its primary: ${some}.`,
  wants: 'A row is the same on every node.',
  remedy: 'Use binlog_format = ROW, so that replicas get rows and not statements to carry out again.',
})

export const rowsSplitBrain = rule({
  id: 'replication/rows-split-brain',
  level: 'error',
  reference: failover,
  says: ({ origins, era }: { origins: string; era: number }) =>
    `In one era (${era}) ${origins} both acknowledged writes.`,
  wants: 'At any time one node acknowledges writes.',
  remedy: 'Fence the old primary before the new one takes writes: cut it off, or set it read-only.',
})

const some = (tokens: readonly number[]): string => {
  const shown = tokens.slice(0, 3).map(tokenText).join(', ')
  return tokens.length > 3 ? `${shown}, ...` : shown
}
const seen = (node: string, tokens: readonly number[]): Rows => ({ node, count: tokens.length, some: some(tokens) })

/** What clients were told, held against what every node has. */
export const rows = check({
  id: 'replication/rows',
  rules: [rowsLost, rowsPhantom, rowsDuplicate, rowsMissing, rowsExtra, rowsGreenButWrong, rowsChanged, rowsSplitBrain],
  *run({ ledger, primary, statuses }: DrillObservation) {
    if (ledger.lost.length > 0) yield rowsLost.at(`ledger.lost`, seen(primary, ledger.lost))
    if (ledger.phantom.length > 0) yield rowsPhantom.at('ledger.phantom', seen(primary, ledger.phantom))
    if (ledger.duplicate.length > 0) yield rowsDuplicate.at('ledger.duplicate', seen(primary, ledger.duplicate))
    for (const { node, missing, extra, extraAcknowledged, duplicate, changed } of ledger.nodes) {
      if (missing.length > 0) yield rowsMissing.at(`nodes.${node}.missing`, seen(node, missing))
      if (extra.length > 0) {
        yield rowsExtra.at(`nodes.${node}.extra`, { ...seen(node, extra), acknowledged: extraAcknowledged.length })
      }
      if (changed.length > 0) yield rowsChanged.at(`nodes.${node}.changed`, seen(node, changed))
      if (duplicate.length > 0) yield rowsDuplicate.at(`nodes.${node}.duplicate`, seen(node, duplicate))
      const status = statuses.find((each) => each.node === node)?.status
      const green = status?.receiving === 'yes' && status.applying === 'yes' && status.lagSeconds !== null
      if (green && missing.length + extra.length + changed.length > 0) {
        yield rowsGreenButWrong.at(`nodes.${node}.status`, { node, lag: status.lagSeconds })
      }
    }
    for (const { era, origins } of ledger.splitBrain) {
      yield rowsSplitBrain.at('ledger.eras', { era, origins: origins.join(' and ') })
    }
  },
  examples: [
    { title: 'everything is everywhere', given: observed(), yields: [] },
    { title: 'an acknowledged write is gone', given: observed({ lost: [1] }), yields: [rowsLost] },
    { title: 'a refused write is there', given: observed({ phantom: [1] }), yields: [rowsPhantom] },
    { title: 'a write stands twice', given: observed({ duplicate: [1] }), yields: [rowsDuplicate] },
    {
      title: 'a replica that calls itself healthy has missed rows',
      given: observed({}, { missing: [1, 2, 3, 4] }),
      yields: [rowsMissing, rowsGreenButWrong],
    },
    {
      title: 'a replica that was ahead of the promoted one',
      given: observed({}, { extra: [1], extraAcknowledged: [1] }, 'no'),
      yields: [rowsExtra],
    },
    {
      title: 'a statement gave another row on a replica',
      given: observed({}, { changed: [1] }),
      yields: [rowsChanged, rowsGreenButWrong],
    },
    {
      title: 'two nodes acknowledged in one era',
      given: observed({ splitBrain: [{ era: 1, origins: ['node-1', 'node-2'] }] }),
      yields: [rowsSplitBrain],
    },
  ],
})

function observed(
  ledger: Partial<DrillObservation['ledger']> = {},
  node: Partial<NodeReport> = {},
  applying: 'yes' | 'no' = 'yes',
): DrillObservation {
  const status = {
    source: 'node-2',
    receiving: 'yes',
    applying,
    lagSeconds: 0,
    received: 'binlog.000001:500',
    applied: 'binlog.000001:500',
    error: undefined,
  } as const
  return {
    drill: 'kill',
    procedure: 'documents',
    seed: 1,
    drawn: [],
    primary: 'node-2',
    rtoMs: 400,
    timeline: [],
    unsettled: undefined,
    witnessed: [],
    failed: undefined,
    planned: false,
    refusals: {},
    statuses: [{ node: 'node-3', status }],
    ledger: {
      acknowledged: 500,
      refused: 0,
      unknown: 4,
      lost: [],
      phantom: [],
      duplicate: [],
      splitBrain: [],
      nodes: [
        {
          node: 'node-3',
          missing: [],
          extra: [],
          extraAcknowledged: [],
          duplicate: [],
          holes: [],
          changed: [],
          ...node,
        },
      ],
      ...ledger,
    },
  }
}
