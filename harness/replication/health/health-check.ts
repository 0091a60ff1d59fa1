import type { AnyRule, Check, CheckDefinition, Finding, RuleId } from '../../kernel/index.ts'
import type { LiveCluster } from './health.ts'
import type { MariadbCluster } from './mariadb/cluster.ts'
import type { PostgresCluster } from './postgres/cluster.ts'

type EngineId = LiveCluster['engine']

/** Whose clusters a check looks at: those of every engine, or of one. */
type LooksAt = 'every' | EngineId

/**
 * A check of the pre-flight: its place in `checks/` is shared with those of drills, so it says what it looks at.
 * `never`, because what it takes is known only with its engine: see `checksFor`.
 */
export interface HealthCheck<
  Id extends RuleId = RuleId,
  Given = never,
  Rules extends readonly AnyRule[] = readonly AnyRule[],
> extends Check<Id, Given, Rules> {
  readonly looksAt: LooksAt
}

type Declare<Given> = <const Id extends RuleId, const Rules extends readonly AnyRule[]>(
  definition: CheckDefinition<Id, Given, Rules>,
) => HealthCheck<Id, Given, Rules>

/** Declares a check that looks at a live cluster of either engine; model: `checks/replica-lag.ts`. */
export const healthCheck: Declare<LiveCluster> = (definition) => ({ ...definition, looksAt: 'every' })

/** Declares a check that looks at a live MariaDB cluster; model: `checks/read-only.ts`. */
export const mariadbCheck: Declare<MariadbCluster> = (definition) => ({ ...definition, looksAt: 'mariadb' })

/** Declares a check that looks at a live PostgreSQL cluster; model: `checks/archive.ts`. */
export const postgresCheck: Declare<PostgresCluster> = (definition) => ({ ...definition, looksAt: 'postgres' })

/** Declares a check of drills that looks at a live PostgreSQL cluster as well, whose fields are named as theirs. */
export function ofPostgresToo<const Id extends RuleId, Given, const Rules extends readonly AnyRule[]>(
  definition: CheckDefinition<Id, PostgresCluster extends Given ? Given : never, Rules>,
): HealthCheck<Id, PostgresCluster extends Given ? Given : never, Rules> {
  return { ...definition, looksAt: 'postgres' }
}

/** A check that may be given a cluster of this engine. */
export type CheckOf<Engine extends EngineId> = Check<
  RuleId,
  Extract<LiveCluster, { readonly engine: Engine }>,
  readonly AnyRule[]
>

/** Tells the checks of one engine from all others: what they declare is what they are given. */
export function isCheckOf<Engine extends EngineId>(engine: Engine): (thing: unknown) => thing is CheckOf<Engine> {
  return (thing): thing is CheckOf<Engine> =>
    typeof thing === 'object' &&
    thing !== null &&
    'looksAt' in thing &&
    (thing.looksAt === 'every' || thing.looksAt === engine)
}

/** A finding of a rule that both engines have: where PostgreSQL writes of it, and what is done about it there. */
export function inWordsOf<F extends Finding>(
  { engine }: LiveCluster,
  finding: F,
  postgres: Pick<Finding, 'reference' | 'remedy'>,
): F {
  return engine === 'postgres' ? { ...finding, ...postgres } : finding
}
