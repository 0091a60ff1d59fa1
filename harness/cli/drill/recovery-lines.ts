import { z } from 'zod'
import type { RunRecord } from '../../record/index.ts'
import { toldSteps } from './told-steps.ts'

/** What `drill.json` of a step has that a script wants. */
const observation = z.object({
  drill: z.string(),
  procedure: z.string(),
  possible: z.string(),
  entries: z.int(),
  attempts: z.array(z.object({ verb: z.string(), said: z.string(), exitCode: z.int(), durationMs: z.number() })),
  differences: z.array(z.object({ kind: z.enum(['missing', 'extra', 'changed']), key: z.string() })).optional(),
  recoveryMs: z.number().optional(),
})

/**
 * One line of JSON a drill, in the order in which they ran:
 * `{ drill, procedure, verdict, possible, attempts: [{ verb, said, exitCode, durationMs }], entries, missing, extra, changed, rtoMs, trap, traps, findings }`.
 * `missing`, `extra` and `changed` are keys of what was to come back, null when nothing could be compared; `rtoMs` is null
 * when not all was back.
 */
export function recoveryLines(record: RunRecord): string {
  return toldSteps(record, 'recovery', observation, (seen) => {
    const { drill, procedure, possible, attempts, entries, differences, recoveryMs } = seen
    const keys = (kind: string): readonly string[] | null =>
      differences === undefined
        ? null
        : [...new Set(differences.flatMap((each) => (each.kind === kind ? [each.key] : [])))]
    return {
      drill,
      procedure,
      possible,
      attempts,
      entries,
      missing: keys('missing'),
      extra: keys('extra'),
      changed: keys('changed'),
      rtoMs: recoveryMs ?? null,
    }
  })
}
