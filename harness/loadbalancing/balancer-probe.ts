import type { AnyRule, Attachment, Probe, ProbeDefinition, RuleId } from '../kernel/index.ts'
import { isCheck, probe } from '../kernel/index.ts'
import type { Bench } from './bench/open-bench.ts'

export interface BalancerProbe<
  Id extends RuleId = RuleId,
  Observation = never,
  Rules extends readonly AnyRule[] = readonly AnyRule[],
> extends Probe<Bench, Id, Observation, Rules> {
  /** It asks nobody, and needs no balancer that runs. */
  readonly still: boolean
  /** What is worth keeping beside the step. */
  readonly artifacts?: (seen: Observation) => readonly Attachment[]
}

interface Definition<Id extends RuleId, Observation, Rules extends readonly AnyRule[]> extends ProbeDefinition<
  Id,
  Bench,
  Observation,
  Rules
> {
  readonly still?: true
  readonly artifacts?: (seen: Observation) => readonly Attachment[]
}

/** A question to a balancer in front of echo servers. The model file is `checks/sticky.ts`. */
export function balancerProbe<const Id extends RuleId, Observation, const Rules extends readonly AnyRule[]>(
  definition: Definition<Id, Observation, Rules>,
): BalancerProbe<Id, Observation, Rules> {
  const { still = false, artifacts } = definition
  return { ...probe(definition), still, ...(artifacts !== undefined && { artifacts }) }
}

export function isBalancerProbe(thing: unknown): thing is BalancerProbe {
  return isCheck(thing) && 'gather' in thing
}
