import { isSeatrialError, messageOf } from './errors.ts'
import type { Finding } from './finding.ts'
import type { Unsettled } from './outcome.ts'
import type { AnyRule, RuleId } from './rule.ts'

/** An observation and exactly the rules that must be seen in it, in any order. */
export interface Example<Given, Rules extends AnyRule = AnyRule> {
  readonly title: string
  readonly given: Given
  readonly yields: readonly Rules[]
}

export interface CheckDefinition<Id extends RuleId, Given, Rules extends readonly AnyRule[]> {
  readonly id: Id
  readonly rules: Rules
  /** False where there is nothing to look at, told cheaply: `run` would then find nothing. */
  readonly applies?: (given: NoInfer<Given>) => boolean
  /** Looks at one observation. Only findings of the declared rules type-check. */
  readonly run: (given: Given) => Iterable<Finding<NoInfer<Rules>[number]['id']>>
  /** The tests and the documentation: at least one observation that yields nothing. */
  readonly examples: readonly Example<NoInfer<Given>, NoInfer<Rules>[number]>[]
}

export interface Check<
  Id extends RuleId = RuleId,
  Given = never,
  Rules extends readonly AnyRule[] = readonly AnyRule[],
> extends CheckDefinition<Id, Given, Rules> {}

/** Declares a check; see `harness/http/fields/age.ts` for the model file. */
export function check<const Id extends RuleId, Given, const Rules extends readonly AnyRule[]>(
  definition: CheckDefinition<Id, Given, Rules>,
): Check<Id, Given, Rules> {
  return definition
}

export interface CheckResult {
  readonly check: RuleId
  readonly findings: readonly Finding[]
  /** Present when the check threw: it could not look, whatever it had found before. */
  readonly unsettled?: Unsettled
}

/** Runs one check. A check that throws is `unsettled: harness`: never passed, never failed. */
export function runCheck<Given>(
  subject: { readonly id: RuleId; readonly run: (given: Given) => Iterable<Finding> },
  given: Given,
): CheckResult {
  const findings: Finding[] = []
  try {
    for (const finding of subject.run(given)) findings.push(finding)
    return { check: subject.id, findings }
  } catch (error) {
    const why = `${subject.id} threw: ${messageOf(error)}`
    const unsettled: Unsettled = isSeatrialError(error)
      ? { because: 'harness', why, mend: error.mend }
      : { because: 'harness', why, mend: 'This is a defect of the check; report it with the replay line.' }
    return { check: subject.id, findings, unsettled }
  }
}

/** Whether an export of a module is a check. */
export function isCheck(thing: unknown): thing is Check<RuleId, never, readonly AnyRule[]> {
  return typeof thing === 'object' && thing !== null && 'rules' in thing && 'examples' in thing && 'run' in thing
}
