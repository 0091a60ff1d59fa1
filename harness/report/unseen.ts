import type { Unsettled } from '../kernel/index.ts'
import type { RecordedStep } from '../record/schema.ts'
import { blindness } from './tally.ts'

/** Steps that could not look for one and the same reason, with one and the same mend. */
export interface BlindSteps extends Unsettled {
  readonly steps: readonly [RecordedStep, ...RecordedStep[]]
}

export function blindSteps(steps: readonly RecordedStep[]): BlindSteps[] {
  const groups = new Map<string, Unsettled & { steps: [RecordedStep, ...RecordedStep[]] }>()
  for (const step of steps) {
    const blind = blindness(step)
    if (blind === undefined) continue
    const { because, why, mend } = blind
    const key = JSON.stringify([because, why, mend])
    const same = groups.get(key)
    if (same === undefined) groups.set(key, { because, why, mend, steps: [step] })
    else same.steps.push(step)
  }
  return [...groups.values()]
}

export interface SkippedSteps {
  readonly why: string
  readonly number: number
  /** Ids of the steps, each once. */
  readonly ids: readonly string[]
}

/** What was skipped, by the reason; the most frequent first. */
export function skippedSteps(steps: readonly RecordedStep[]): SkippedSteps[] {
  const skipped = steps.flatMap(({ id, outcome }) => (outcome.kind === 'skipped' ? [{ id, why: outcome.why }] : []))
  return [...Map.groupBy(skipped, ({ why }) => why)]
    .map(([why, same]) => ({ why, number: same.length, ids: [...new Set(same.map(({ id }) => id))] }))
    .toSorted((a, b) => b.number - a.number)
}
