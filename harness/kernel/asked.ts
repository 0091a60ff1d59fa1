import type { Check, CheckResult } from './check.ts'
import type { Finding } from './finding.ts'

/** What says whether it was asked for: a check or a probe, with its rules. */
interface Askable {
  readonly id: string
  readonly rules: readonly Pick<Check['rules'][number], 'id'>[]
}

/** Whether a check, or a rule of it, is among the ids that were asked for; all are when there is none. */
export function isAsked({ id, rules }: Askable, only: readonly string[]): boolean {
  return only.length === 0 || only.includes(id) || rules.some((rule) => only.includes(rule.id))
}

/** A result with the findings of the rules that were asked for: those of its check, or the rules themselves. */
export function ofAsked(result: CheckResult, only: readonly string[]): CheckResult {
  const asked = ({ rule }: Finding): boolean => only.length === 0 || only.includes(result.check) || only.includes(rule)
  return { ...result, findings: result.findings.filter(asked) }
}
