import type { AnyRule, Check, CheckDefinition, Finding, RuleId } from '../kernel/index.ts'
import type { Declared } from './declared.ts'
import type { HostFiles } from './host/host-files.ts'

/** What the files of a host say, held against what is declared. */
export interface StaticObservation {
  readonly declared: Declared
  readonly files: HostFiles
}

/** A check that needs only files. */
export type StaticCheck = Check<RuleId, StaticObservation, readonly AnyRule[]> & { readonly lane: 'static' }

/** Declares a check of the static lane; `checks/fstab-syntax.ts` is the model file. */
export function staticCheck<const Id extends RuleId, const Rules extends readonly AnyRule[]>(
  definition: CheckDefinition<Id, StaticObservation, Rules>,
): Check<Id, StaticObservation, Rules> & { readonly lane: 'static' } {
  return { ...definition, lane: 'static' }
}

export function isStaticCheck(thing: unknown): thing is StaticCheck & {
  readonly run: (given: StaticObservation) => Iterable<Finding>
} {
  return typeof thing === 'object' && thing !== null && 'lane' in thing && thing.lane === 'static' && 'rules' in thing
}
