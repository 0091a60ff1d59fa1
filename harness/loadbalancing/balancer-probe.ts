import type { AnyRule, Attachment, NotApplicable, Probe, ProbeDefinition, RuleId } from '../kernel/index.ts'
import { isCheck, isNotApplicable, probe } from '../kernel/index.ts'
import type { Bench } from './bench/open-bench.ts'
import type { Target } from './section.ts'

export interface BalancerProbe<
  Id extends RuleId = RuleId,
  Observation = never,
  Rules extends readonly AnyRule[] = readonly AnyRule[],
> extends Probe<Bench, Id, Observation, Rules> {
  /** Why a target is not asked, which is known before anything is started; undefined when it is. */
  readonly notAskedOf: (target: Target) => string | undefined
  /** It asks nobody, and needs no balancer that runs. */
  readonly still: boolean
  /** What is worth keeping beside the step. */
  readonly artifacts?: (seen: Observation) => readonly Attachment[]
}

interface Definition<Id extends RuleId, Wanted, Observation, Rules extends readonly AnyRule[]> extends Omit<
  ProbeDefinition<Id, Bench, Observation, Rules>,
  'gather'
> {
  /** What is expected of a target, or {@link notAsked}. */
  readonly expects: (target: Target) => Wanted | NotApplicable
  readonly gather: (bench: Bench, wanted: Wanted) => Promise<NoInfer<Observation> | NotApplicable>
  readonly still?: true
  readonly artifacts?: (seen: Observation) => readonly Attachment[]
}

/** A question to a balancer in front of echo servers. The model file is `checks/sticky.ts`. */
export function balancerProbe<const Id extends RuleId, Wanted, Observation, const Rules extends readonly AnyRule[]>({
  expects,
  still,
  artifacts,
  ...definition
}: Definition<Id, Wanted, Observation, Rules>): BalancerProbe<Id, Observation, Rules> {
  const gather = async (bench: Bench): Promise<Observation | NotApplicable> => {
    const wanted = expects(bench.target)
    return isNotApplicable(wanted) ? wanted : definition.gather(bench, wanted)
  }
  return {
    ...probe({ ...definition, gather }),
    still: still ?? false,
    notAskedOf(target) {
      const wanted = expects(target)
      return isNotApplicable(wanted) ? wanted.notApplicable : undefined
    },
    ...(artifacts !== undefined && { artifacts }),
  }
}

/** A target of which nothing is expected here, and why. */
export function notAsked(why: string): NotApplicable {
  return { notApplicable: why }
}

export function isBalancerProbe(thing: unknown): thing is BalancerProbe {
  return isCheck(thing) && 'notAskedOf' in thing
}
