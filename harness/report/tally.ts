import type { Level, OutcomeKind, Unsettled } from '../kernel/index.ts'
import type { RecordedStep, RunRecord } from '../record/schema.ts'

export type OutcomeCounts = Readonly<Record<OutcomeKind, number>>

/** Everything that is counted in more than one format, counted once. */
export interface Tally {
  readonly outcomes: OutcomeCounts
  /** By practice: the part of a step's id before the slash. Sorted by name. */
  readonly practices: readonly (readonly [practice: string, steps: readonly RecordedStep[], outcomes: OutcomeCounts])[]
  readonly levels: Readonly<Record<Level, number>>
  readonly blocking: number
  /** Steps that could not look, also those that failed besides. */
  readonly blind: number
  readonly excused: number
  readonly checks: number
  readonly subjects: number
}

function practiceOf(step: Pick<RecordedStep, 'id'>): string {
  return step.id.split('/', 1)[0] ?? step.id
}

/** Why a step could not look: by its own word, or by the judge's when it looked at nothing. */
export function blindness({ unsettled, outcome }: RecordedStep): Unsettled | undefined {
  return unsettled ?? (outcome.kind === 'unsettled' ? outcome : undefined)
}

function countOutcomes(steps: readonly RecordedStep[]): OutcomeCounts {
  const counts = { failed: 0, unsettled: 0, passed: 0, skipped: 0 }
  for (const { outcome } of steps) counts[outcome.kind] += 1
  return counts
}

export function tally(record: RunRecord): Tally {
  const found = record.steps.flatMap((step) => step.findings)
  const byLevel = { error: 0, warning: 0, info: 0, good: 0 }
  for (const { level } of found) byLevel[level] += 1
  const practices = [...Map.groupBy(record.steps, practiceOf)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([practice, steps]) => [practice, steps, countOutcomes(steps)] as const)
  return {
    outcomes: countOutcomes(record.steps),
    practices,
    levels: byLevel,
    blocking: found.filter(({ blocks }) => blocks).length,
    blind: record.steps.filter((step) => blindness(step) !== undefined).length,
    excused: found.filter(({ excuse }) => excuse !== undefined).length,
    checks: new Set(record.steps.flatMap((step) => step.looked)).size,
    subjects: new Set(record.steps.filter((step) => step.looked.length > 0).map((step) => step.subject)).size,
  }
}
