import type { AnyRule, Check, CheckDefinition, RuleId } from '../../kernel/index.ts'
import type { ClusterHealth } from './health.ts'

/** A check of the pre-flight: its place in `checks/` is shared with those of drills, so it says what it looks at. */
export interface HealthCheck<
  Id extends RuleId = RuleId,
  Rules extends readonly AnyRule[] = readonly AnyRule[],
> extends Check<Id, ClusterHealth, Rules> {
  readonly looksAt: 'cluster'
}

/** Declares a check that looks at a live cluster; model: `checks/read-only.ts`. */
export function healthCheck<const Id extends RuleId, const Rules extends readonly AnyRule[]>(
  definition: CheckDefinition<Id, ClusterHealth, Rules>,
): HealthCheck<Id, Rules> {
  return { ...definition, looksAt: 'cluster' }
}

export function isHealthCheck(thing: unknown): thing is HealthCheck {
  return typeof thing === 'object' && thing !== null && 'looksAt' in thing && thing.looksAt === 'cluster'
}
