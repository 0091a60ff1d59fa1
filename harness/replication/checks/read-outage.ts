import { check, document, rule } from '../../kernel/index.ts'
import type { DrillObservation } from '../observation.ts'

const objectives = document(
  'NIST SP 800-34 Rev. 1, Contingency Planning Guide',
  'https://csrc.nist.gov/pubs/sp/800/34/r1/upd1/final',
)

export const readOutageMissed = rule({
  id: 'replication/read-outage-missed',
  level: 'error',
  reference: objectives,
  says: ({ outageMs, objectiveMs }: { outageMs: number; objectiveMs: number }) =>
    `A client was without an answered read for ${outageMs} ms; the objective is ${objectiveMs} ms.`,
  wants: 'Reads are answered again within the objective, also while nobody can write.',
  remedy: 'Read from replicas, and take a node that does not answer out of the reads at once.',
})

export const readOutageUnbounded = rule({
  id: 'replication/read-outage-unbounded',
  level: 'error',
  reference: objectives,
  says: () => 'Writes were acknowledged again after the fault, and no read was answered any more.',
  wants: 'Clients that know of no promotion can read again.',
  remedy: 'Look where reads are led after a promotion.',
})

type Judged = Pick<DrillObservation, 'front' | 'reads' | 'rtoMs'> & {
  readonly faultAt?: number
  readonly readObjectiveMs: number | undefined
}

/** How long clients were without an answered read. */
export const readOutage = check({
  id: 'replication/read-outage',
  rules: [readOutageMissed, readOutageUnbounded],
  *run({ front = 'address', reads, rtoMs, faultAt = 0, readObjectiveMs }: Judged) {
    if (reads === undefined) return
    const { outageMs, lastAt } = reads
    const split = front !== 'address'
    if (split && rtoMs !== undefined && (lastAt === undefined || lastAt < faultAt))
      yield readOutageUnbounded.at('reads')
    else if (readObjectiveMs !== undefined && outageMs > readObjectiveMs) {
      yield readOutageMissed.at('reads.outage', { outageMs: Math.round(outageMs), objectiveMs: readObjectiveMs })
    }
  },
  examples: [
    { title: 'within the objective', given: { ...readWithin(400), readObjectiveMs: 1_000 }, yields: [] },
    { title: 'without an objective', given: { ...readWithin(40_000), readObjectiveMs: undefined }, yields: [] },
    { title: 'longer', given: { ...readWithin(1_001), readObjectiveMs: 1_000 }, yields: [readOutageMissed] },
    {
      title: 'never again',
      given: { ...readWithin(9_000), faultAt: 9_000, readObjectiveMs: undefined },
      yields: [readOutageUnbounded],
    },
  ],
})

function readWithin(outageMs: number): Omit<Judged, 'readObjectiveMs'> {
  const reads = { answered: 400, failed: 2, outageMs, outageFrom: 2_000, lastAt: 8_000, staleAfterMs: 0 }
  return { front: 'haproxy', rtoMs: 500, faultAt: 2_000, reads: { ...reads, stale: [], answers: { 'node-2': 400 } } }
}
