import type { LocatedFinding, StepReport } from '../kernel/index.ts'
import { runCheck } from '../kernel/index.ts'
import type { Deviation } from './expected.ts'
import { expectations } from './expectations.ts'
import type { Surveyed } from './survey.ts'

export interface StepsOptions {
  /** Part that is the cache. */
  readonly product: string
  /** Known deviations by case; undefined when nothing is expected and every case counts by its level. */
  readonly expected: ReadonlyMap<string, Deviation> | undefined
  readonly startedAt: number
  readonly durationMs: number
}

/**
 * One step a case. Without a file of known deviations a failure counts by the level of its case. With one,
 * only a difference counts: a new failure is an error whatever its level, a known one is skipped with its
 * reason, and one that is gone is a warning. What could not be judged passes in neither way.
 */
export function stepsOf(surveyed: readonly Surveyed[], options: StepsOptions): StepReport[] {
  return surveyed.filter((one) => !one.forOthers).map((one) => stepOf(one, options))
}

function stepOf({ topic, subject, outcome, transcript }: Surveyed, options: StepsOptions): StepReport {
  const { product, expected, startedAt, durationMs } = options
  const listed = expected?.get(subject.id)
  const step = { id: subject.id, subject: product, looked: [topic.id], findings: [], startedAt, durationMs }
  if (listed !== undefined && listed.outcome === outcome.kind) {
    return { ...step, skipped: `known deviation (${listed.outcome}): ${listed.reason}` }
  }
  if (outcome.kind === 'unsettled') {
    const { because, why, mend } = outcome
    return { ...step, looked: [], unsettled: { because, why, mend } }
  }
  const place = { subject: product, replay: `seatrial caches ${product} --only ${subject.id}` }
  const gone = runCheck(expectations, { case: subject.id, outcome: outcome.kind, listed })
  const found = runCheck(topic, transcript)
  const findings: LocatedFinding[] = [
    ...(outcome.kind === 'failed' ? found.findings : []).map((finding) => ({
      ...finding,
      level: expected === undefined ? finding.level : ('error' as const),
      ...place,
    })),
    ...gone.findings.map((finding) => ({ ...finding, ...place })),
  ]
  const unsettled = found.unsettled ?? gone.unsettled
  return { ...step, looked: [topic.id, expectations.id], findings, ...(unsettled !== undefined && { unsettled }) }
}
