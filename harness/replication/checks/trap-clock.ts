import { check, document, rule } from '../../kernel/index.ts'
import type { DrillObservation } from '../run-drill.ts'

export const trapClockCandidate = rule({
  id: 'replication/trap-clock-candidate',
  level: 'info',
  reference: document(
    'MariaDB: SHOW REPLICA STATUS, Seconds_Behind_Master',
    'https://mariadb.com/kb/en/show-replica-status/',
  ),
  says: ({ node, count }: { node: string; count: number }) =>
    `Wrong clock: the clock of ${node} was moved, and it was promoted with ${count} acknowledged writes less than another had; by a clock that is wrong a lag is any number.`,
  wants: 'The candidate is chosen by what it has fetched.',
  remedy:
    'Compare positions (MariaDB: Gtid_IO_Pos; PostgreSQL: pg_last_wal_receive_lsn). Heartbeats, Seconds_Behind_Master and times of the last row compare clocks.',
})

type Judged = Pick<DrillObservation, 'ledger' | 'primary' | 'witnessed'>

/** Names the trap of a candidate that was chosen by time. */
export const trapClock = check({
  id: 'replication/trap-clock',
  rules: [trapClockCandidate],
  *run({ ledger, primary, witnessed }: Judged) {
    const count = ledger.lost.length
    for (const { kind, node } of witnessed) {
      if (kind !== 'clock-moved' || node !== primary || count === 0) continue
      yield trapClockCandidate.at(`witnessed.${kind}`, { node, count })
    }
  },
  examples: [
    { title: 'another one was promoted', given: observed('node-3', []), yields: [] },
    { title: 'it was promoted, and had everything', given: observed('node-2', []), yields: [] },
    { title: 'it was promoted, and was behind', given: observed('node-2', [1]), yields: [trapClockCandidate] },
  ],
})

function observed(primary: string, lost: readonly number[]): Judged {
  return {
    primary,
    witnessed: [{ kind: 'clock-moved', node: 'node-2' }],
    ledger: {
      acknowledged: 500,
      refused: 0,
      unknown: 0,
      lost,
      phantom: [],
      duplicate: [],
      splitBrain: [],
      nodes: [],
    },
  }
}
