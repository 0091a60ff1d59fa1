import type { Check, CheckDefinition } from './check.ts'
import { check } from './check.ts'
import type { AnyRule, RuleId } from './rule.ts'

/** A probe's word that it has no business here, and why: the step is skipped, visibly. */
export interface NotApplicable {
  readonly notApplicable: string
}

export interface ProbeDefinition<
  Id extends RuleId,
  Context,
  Observation,
  Rules extends readonly AnyRule[],
> extends CheckDefinition<Id, Observation, Rules> {
  /**
   * Asks the stack and returns what it answered, as plain data. Throws when it cannot look
   * (the step is then unsettled), never to say that something is wrong.
   */
  readonly gather: (context: Context) => Promise<Observation | NotApplicable>
  /**
   * It sends what could disturb others who share the server, such as a request that hides another.
   * It is put only to servers that the trial started or that the user says may be put to it.
   */
  readonly intrusive?: true
}

/** A check with the hand that gathers its observation. */
export interface Probe<
  Context = never,
  Id extends RuleId = RuleId,
  Observation = unknown,
  Rules extends readonly AnyRule[] = readonly AnyRule[],
> extends Check<Id, Observation, Rules> {
  readonly gather: (context: Context) => Promise<Observation | NotApplicable>
  readonly intrusive: boolean
}

/**
 * Declares a probe: `gather` does the asking, `run` judges the answer and can be tested
 * without a network. The model file is `harness/http/active/range-satisfiable.ts`.
 */
export function probe<const Id extends RuleId, Context, Observation, const Rules extends readonly AnyRule[]>(
  definition: ProbeDefinition<Id, Context, Observation, Rules>,
): Probe<Context, Id, Observation, Rules> {
  return { ...check(definition), gather: definition.gather, intrusive: definition.intrusive ?? false }
}

export function isNotApplicable(value: unknown): value is NotApplicable {
  return typeof value === 'object' && value !== null && 'notApplicable' in value
}
