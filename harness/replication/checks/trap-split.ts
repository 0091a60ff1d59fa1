import { check, document, rule } from '../../kernel/index.ts'
import type { Witnessed } from '../drill.ts'
import type { DrillObservation } from '../observation.ts'
import { splitWith, staleByNode } from './stale-reads.ts'

/**
 * Traps of leading reads apart from writes. They are of level info, because the stale reads and the rows are the failure
 * already.
 */
export const trapLaggingReplica = rule({
  id: 'replication/trap-split-lagging-replica',
  level: 'info',
  reference: document('MariaDB: MASTER_GTID_WAIT', 'https://mariadb.com/kb/en/master_gtid_wait/'),
  says: ({ node, count }: { node: string; count: number }) =>
    `Lagging replica: ${node} was behind and reads were led to it all the same; it answered without ${count} acknowledged writes.`,
  wants: 'A replica that is behind is not read from.',
  remedy:
    'Compare GTID positions, because a status says yes, yes and 0 behind a cut link; take the replica out (set server ... state maint), or let reads wait for the last write.',
})

export const trapOldPrimaryBack = rule({
  id: 'replication/trap-split-old-primary',
  level: 'info',
  reference: document('HAProxy 2.6: Runtime API', 'https://docs.haproxy.org/2.6/management.html#9.3'),
  says: ({ node, primary }: { node: string; primary: string }) =>
    `Led back: ${node} was dead, came back with its port open, and took writes again while ${primary} was primary.`,
  wants: 'An old primary that comes back has no clients until somebody has led it back.',
  remedy:
    'Let the promotion say where writes go (set server ... state), not health checks of an open port with the others as backups.',
})

type Judged = Pick<DrillObservation, 'reads' | 'ledger' | 'witnessed' | 'primary'>

/** Names the trap behind stale reads, and behind writes that two nodes took. */
export const trapSplit = check({
  id: 'replication/trap-split',
  rules: [trapLaggingReplica, trapOldPrimaryBack],
  *run(seen: Judged) {
    const { ledger, witnessed, primary } = seen
    const was = (kind: Witnessed['kind'], node: string): boolean =>
      witnessed.some((each) => each.kind === kind && each.node === node)
    for (const [node, stale] of staleByNode(seen)) {
      if (!was('replica-behind', node) && !was('relay-log-unapplied', node)) continue
      yield trapLaggingReplica.at(`reads.${node}.stale`, { node, count: stale.length })
    }
    const back = witnessed.find(({ kind }) => kind === 'old-primary-back')?.node
    if (back !== undefined && ledger.splitBrain.some(({ origins }) => origins.includes(back))) {
      yield trapOldPrimaryBack.at('witnessed.old-primary-back', { node: back, primary })
    }
  },
  examples: [
    { title: 'reads had everything', given: sketch([], ['replica-behind', 'node-3']), yields: [] },
    { title: 'stale, and nobody saw a replica behind', given: sketch([7]), yields: [] },
    { title: 'a replica was behind', given: sketch([7], ['replica-behind', 'node-3']), yields: [trapLaggingReplica] },
    {
      title: 'a replica applied nothing',
      given: sketch([7], ['relay-log-unapplied', 'node-3']),
      yields: [trapLaggingReplica],
    },
    {
      title: 'the old primary came back and got nothing',
      given: sketch([], ['old-primary-back', 'node-1']),
      yields: [],
    },
    {
      title: 'the old primary came back and took writes',
      given: sketch([], ['old-primary-back', 'node-1'], true),
      yields: [trapOldPrimaryBack],
    },
  ],
})

function sketch(
  stale: readonly number[],
  witnessed?: readonly [Witnessed['kind'], string],
  splitBrain = false,
): Judged {
  const both = splitBrain ? [{ era: 2, origins: ['node-1', 'node-2'] }] : []
  return {
    ...splitWith(stale),
    ledger: {
      acknowledged: 500,
      refused: 0,
      unknown: 0,
      lost: [],
      phantom: [],
      duplicate: [],
      nodes: [],
      splitBrain: both,
    },
    primary: 'node-2',
    witnessed: witnessed === undefined ? [] : [{ kind: witnessed[0], node: witnessed[1] }],
  }
}
