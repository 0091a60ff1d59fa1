import type { Clock } from './clock.ts'
import type { CheckResult } from './check.ts'
import type { Finding } from './finding.ts'
import type { LocatedFinding, StepReport } from './step.ts'
import { thingOn } from './things.ts'

/** Begins a step that has looked at nothing yet; what it is given at its end is laid over that, with the time it took. */
export function beginStep(
  { id, subject }: Pick<StepReport, 'id' | 'subject'>,
  clock: Pick<Clock, 'now' | 'elapsed'>,
): (rest: Partial<StepReport>) => StepReport {
  const [startedAt, began] = [clock.now(), clock.elapsed()]
  return (rest) => ({
    id,
    subject,
    looked: [],
    findings: [],
    startedAt,
    durationMs: Math.round(clock.elapsed() - began),
    ...rest,
  })
}

/**
 * What checks said of one subject, as a part of its step: one that could not look makes the step unsettled. With the host
 * that they looked at (`on`), the things that their findings are about are that host's.
 */
export function seenBy(
  results: readonly CheckResult[],
  { on, ...place }: Pick<LocatedFinding, 'subject' | 'replay'> & { readonly on?: string },
): Pick<StepReport, 'looked' | 'findings' | 'unsettled'> {
  const located = ({ about, ...finding }: Finding): LocatedFinding => ({
    ...finding,
    ...place,
    ...(about !== undefined && { about: on === undefined ? about : thingOn(about, on) }),
  })
  const unsettled = results.find((each) => each.unsettled !== undefined)?.unsettled
  return {
    looked: results.map(({ check }) => check),
    findings: results.flatMap((each) => each.findings.map(located)),
    ...(unsettled !== undefined && { unsettled }),
  }
}
