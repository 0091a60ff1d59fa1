import type { Check, CheckResult, Finding, RuleId } from '../../kernel/index.ts'
import { runCheck } from '../../kernel/index.ts'

type Judging<Given> = Pick<Check, 'id' | 'rules'> & { readonly run: (given: Given) => Iterable<Finding> }

/** Whether a check, or a rule of it, is among the ids that were asked for; all are when there is none. */
export function isAsked({ id, rules }: Pick<Check, 'id' | 'rules'>, only: readonly string[]): boolean {
  return only.length === 0 || [id, ...rules.map((rule) => rule.id)].some((each: RuleId) => only.includes(each))
}

/** What a check finds, of the rules that were asked for. */
export function judgedBy<Given>(check: Judging<Given>, given: Given, only: readonly string[]): CheckResult {
  const result = runCheck(check, given)
  const asked = ({ rule }: Finding): boolean => only.length === 0 || only.includes(check.id) || only.includes(rule)
  return { ...result, findings: result.findings.filter(asked) }
}
