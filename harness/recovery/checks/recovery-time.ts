import { check, document, rule } from '../../kernel/index.ts'

export const recoveryTimeMissed = rule({
  id: 'recovery/recovery-time-missed',
  level: 'error',
  reference: document(
    'NIST SP 800-34 Rev. 1, Contingency Planning Guide',
    'https://csrc.nist.gov/pubs/sp/800/34/r1/upd1/final',
  ),
  says: ({ recoveryMs, objectiveMs }: { recoveryMs: number; objectiveMs: number }) =>
    `Everything was back ${recoveryMs} ms after the loss; the objective is ${objectiveMs} ms.`,
  wants: 'What was lost is back within the recovery time objective.',
  remedy: 'Look in drill.json for the attempt that took longest.',
})

/** How long it took until all was back. What never came back is the affair of `recovery/outcome`. */
export const recoveryTime = check({
  id: 'recovery/recovery-time',
  rules: [recoveryTimeMissed],
  *run({
    recoveryMs,
    objectiveMs,
  }: {
    readonly recoveryMs: number | undefined
    readonly objectiveMs: number | undefined
  }) {
    if (recoveryMs !== undefined && objectiveMs !== undefined && recoveryMs > objectiveMs) {
      yield recoveryTimeMissed.at('recoveryMs', { recoveryMs, objectiveMs })
    }
  },
  examples: [
    { title: 'within the objective', given: { recoveryMs: 900, objectiveMs: 1_000 }, yields: [] },
    { title: 'without an objective', given: { recoveryMs: 90_000, objectiveMs: undefined }, yields: [] },
    { title: 'nothing came back', given: { recoveryMs: undefined, objectiveMs: 1_000 }, yields: [] },
    { title: 'after the objective', given: { recoveryMs: 1_001, objectiveMs: 1_000 }, yields: [recoveryTimeMissed] },
  ],
})
