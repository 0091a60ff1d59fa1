import type { AnyRule, Probe, ProbeDefinition, RuleId } from '../kernel/index.ts'
import { isCheck, probe } from '../kernel/index.ts'
import type { Bench } from './bench/open-bench.ts'

/** A question to a balancer in front of echo servers. The model file is `checks/sticky.ts`. */
export function balancerProbe<const Id extends RuleId, Observation, const Rules extends readonly AnyRule[]>(
  definition: ProbeDefinition<Id, Bench, Observation, Rules>,
): Probe<Bench, Id, Observation, Rules> {
  return probe(definition)
}

export function isBalancerProbe(thing: unknown): thing is Probe<Bench, RuleId, never> {
  return isCheck(thing) && 'gather' in thing
}
