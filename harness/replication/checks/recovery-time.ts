import { check, document, rule } from '../../kernel/index.ts'

const objectives = document(
  'NIST SP 800-34 Rev. 1, Contingency Planning Guide',
  'https://csrc.nist.gov/pubs/sp/800/34/r1/upd1/final',
)

export const recoveryTimeMissed = rule({
  id: 'replication/recovery-time-missed',
  level: 'error',
  reference: objectives,
  says: ({ rtoMs, objectiveMs }: { rtoMs: number; objectiveMs: number }) =>
    `The first write after the fault was acknowledged after ${rtoMs} ms; the objective is ${objectiveMs} ms.`,
  wants: 'Writes are acknowledged again within the recovery time objective.',
  remedy: 'Look at the timeline for the step that took longest.',
})

export const recoveryTimeUnbounded = rule({
  id: 'replication/recovery-time-unbounded',
  level: 'error',
  reference: objectives,
  says: () => 'No write was acknowledged after the fault, for as long as the drill waited.',
  wants: 'Clients that know of no promotion can write again.',
  remedy: 'Look at the timeline for the step at which the promotion ended.',
})

/** How long clients that know of no promotion waited for their first acknowledgement. */
export const recoveryTime = check({
  id: 'replication/recovery-time',
  rules: [recoveryTimeMissed, recoveryTimeUnbounded],
  *run({ rtoMs, objectiveMs }: { readonly rtoMs: number | undefined; readonly objectiveMs: number | undefined }) {
    if (rtoMs === undefined) yield recoveryTimeUnbounded.at('rto')
    else if (objectiveMs !== undefined && rtoMs > objectiveMs) {
      yield recoveryTimeMissed.at('rto', { rtoMs: Math.round(rtoMs), objectiveMs })
    }
  },
  examples: [
    { title: 'within the objective', given: { rtoMs: 400, objectiveMs: 1_000 }, yields: [] },
    { title: 'without an objective', given: { rtoMs: 40_000, objectiveMs: undefined }, yields: [] },
    { title: 'after the objective', given: { rtoMs: 1_001, objectiveMs: 1_000 }, yields: [recoveryTimeMissed] },
    { title: 'never', given: { rtoMs: undefined, objectiveMs: undefined }, yields: [recoveryTimeUnbounded] },
  ],
})
