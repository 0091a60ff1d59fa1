import { check, document, rule } from '../../kernel/index.ts'
import { tokenText } from '../ledger/token.ts'
import type { DrillObservation } from '../observation.ts'
import type { StaleRead } from '../readers.ts'

export const staleReadsSeen = rule({
  id: 'replication/stale-reads-seen',
  level: 'error',
  reference: document('MariaDB: MASTER_GTID_WAIT', 'https://mariadb.com/kb/en/master_gtid_wait/'),
  says: ({ node, count, some, ageMs, limitMs }: Seen) =>
    `${count} acknowledged writes were not there when clients read them back from ${node}: ${some}. The oldest was acknowledged ${ageMs} ms before${limitMs === 0 ? '' : `; the limit is ${limitMs} ms`}.`,
  wants: 'A client that reads sees what it was told is written.',
  remedy:
    'Let a read wait for the last write (MASTER_GTID_WAIT) or go to the primary until the replica has it, and read from no replica that is behind.',
})

interface Seen {
  readonly [key: string]: string | number
  readonly node: string
  readonly count: number
  readonly some: string
  readonly ageMs: number
  readonly limitMs: number
}

type Judged = Pick<DrillObservation, 'reads'>

/** Stale reads by the node that answered them. */
export function staleByNode({ reads }: Judged): ReadonlyMap<string, readonly StaleRead[]> {
  return Map.groupBy(reads?.stale ?? [], ({ node }) => node)
}

/** Whether clients read back what they were told is written. */
export const staleReads = check({
  id: 'replication/stale-reads',
  rules: [staleReadsSeen],
  *run(seen: Judged) {
    for (const [node, stale] of staleByNode(seen)) {
      const shown = stale.slice(0, 3).map(({ write }) => tokenText(write))
      yield staleReadsSeen.at(`reads.${node}.stale`, {
        node,
        count: stale.length,
        some: `${shown.join(', ')}${stale.length > 3 ? ', ...' : ''}`,
        ageMs: Math.round(Math.max(...stale.map(({ ageMs }) => ageMs))),
        limitMs: seen.reads?.staleAfterMs ?? 0,
      })
    }
  },
  examples: [
    { title: 'every read has what it must have', given: splitWith([]), yields: [] },
    { title: 'a read missed a write', given: splitWith([7]), yields: [staleReadsSeen] },
    { title: 'nobody read', given: {}, yields: [] },
  ],
})

/** Reads of a drill, of which some missed writes on node-3, for examples. */
export function splitWith(writes: readonly number[]): { readonly reads: NonNullable<DrillObservation['reads']> } {
  return {
    reads: {
      answered: 400,
      failed: 0,
      outageMs: 40,
      outageFrom: 900,
      lastAt: 3_000,
      staleAfterMs: 0,
      stale: writes.map((write) => ({ write, node: 'node-3', ageMs: 12, at: 1_000 })),
      answers: { 'node-2': 200, 'node-3': 200 },
    },
  }
}
