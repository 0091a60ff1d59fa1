import { check, document, rule } from '../../kernel/index.ts'
import type { DrillObservation } from '../run-drill.ts'

const failover = document(
  'MariaDB: Switching roles: replication failover and switchover',
  'https://mariadb.com/kb/en/changing-a-replica-to-become-the-primary/',
)

export const promotionFailed = rule({
  id: 'replication/promotion-failed',
  level: 'error',
  reference: failover,
  says: ({ failed }: { failed: string }) => `The procedure did not come to its end: ${failed}`,
  wants: 'A promotion ends, also when a node fails while it runs.',
  remedy: 'Leave out nodes that do not answer, and go on with the others.',
})

export const promotionRefused = rule({
  id: 'replication/promotion-refused',
  level: 'error',
  reference: failover,
  says: ({ number, count }: { number: number; count: number }) =>
    `In a planned switch ${count} writes were refused with error ${number}.`,
  wants: 'Clients of a planned switch hear for a moment that the server is read-only (1290), and nothing else.',
  remedy: 'Set read_only on the old primary and let the new one catch up before clients are led over.',
})

/** What a server of the old role may say while it hands over: it is read-only. */
const readOnly = 1290

/** Whether the procedure came to its end, and what clients of a planned switch heard. */
export const promotion = check({
  id: 'replication/promotion',
  rules: [promotionFailed, promotionRefused],
  *run({ failed, planned, refusals }: Pick<DrillObservation, 'failed' | 'planned' | 'refusals'>) {
    if (failed !== undefined) yield promotionFailed.at('failed', { failed })
    if (!planned) return
    for (const [number, count] of Object.entries(refusals)) {
      if (Number(number) !== readOnly)
        yield promotionRefused.at(`refusals.${number}`, { number: Number(number), count })
    }
  },
  examples: [
    { title: 'it came to its end', given: { failed: undefined, planned: false, refusals: { 1290: 4 } }, yields: [] },
    {
      title: 'it stopped at a node that does not answer',
      given: { failed: 'connect ECONNREFUSED', planned: false, refusals: {} },
      yields: [promotionFailed],
    },
    { title: 'a switch, read-only', given: { failed: undefined, planned: true, refusals: { 1290: 4 } }, yields: [] },
    {
      title: 'a switch in which keys collided',
      given: { failed: undefined, planned: true, refusals: { 1062: 1 } },
      yields: [promotionRefused],
    },
  ],
})
