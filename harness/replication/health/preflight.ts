import { discover } from '../../discover.ts'
import type { Check, Clock, LocatedFinding, RuleId, StepReport, Unsettled } from '../../kernel/index.ts'
import { beginStep, isAsked, ofAsked, runCheck, unsettledBy, UsageError } from '../../kernel/index.ts'
import type { EngineId } from '../engines/all.ts'
import type { NodeAddress } from './addresses.ts'
import { arrive } from './arrive.ts'
import { candidatesOf, lossOf } from './candidates.ts'
import type { CheckOf } from './health-check.ts'
import { isCheckOf } from './health-check.ts'
import type { LiveCluster } from './health.ts'
import { mariadbReader } from './mariadb/reader.ts'
import type { ObserveOptions } from './observe.ts'
import { observeCluster } from './observe.ts'
import { postgresReader } from './postgres/reader.ts'
import { replayOf } from './replay.ts'
import type { TlsMode } from './tls.ts'
import { caIn } from './tls.ts'

/** A cluster that runs already, and how to ask it. */
export interface PreflightTarget {
  readonly name: string
  readonly nodes: readonly NodeAddress[]
  readonly login: {
    readonly user: string
    /** Name of the environment variable that holds the password. */
    readonly passwordFrom: string
  }
  /** What the nodes are; they tell themselves when left out. */
  readonly engine?: EngineId | undefined
  /** Of PostgreSQL; `postgres` when left out. */
  readonly database?: string | undefined
  /** `prefer` when left out. */
  readonly tls?: TlsMode | undefined
  /** File with the certificates of the authorities that are trusted. */
  readonly ca?: string | undefined
  readonly maxLagSeconds: number
}

export interface PreflightContext {
  readonly env: Readonly<Record<string, string | undefined>>
  /** @throws UsageError for an address where nothing may be sent */
  readonly allow: (url: URL) => void
  readonly clock: Clock
  /** Ids of checks or rules to look at; all when empty. */
  readonly only: readonly string[]
  /** Milliseconds that a replica has to apply what it had fetched. */
  readonly patienceMs?: number
  /** Where the target stands in the input, for messages. */
  readonly path: string
}

/** The checks that look at a live cluster of an engine. */
export async function healthChecks<Engine extends EngineId>(
  engine: Engine,
  only: readonly string[] = [],
): Promise<readonly CheckOf<Engine>[]> {
  const found = await discover(new URL('../checks/', import.meta.url), isCheckOf(engine))
  return found.map(({ thing }) => thing).filter((each) => isAsked(each, only))
}

/** Whether any check of the pre-flight is asked for. */
export async function looksAtClusters(only: readonly string[]): Promise<boolean> {
  const found = await Promise.all([healthChecks('mariadb', only), healthChecks('postgres', only)])
  return found.some((checks) => checks.length > 0)
}

/**
 * Would a promotion be possible now, and what would it lose? Asks a live cluster, changes nothing in it, and gives one
 * step: what was found, and unsettled when something could not be seen.
 *
 * @throws UsageError when the password is not in the environment, the CA file is none, an address may not be asked, or
 *   the nodes are not all of the engine
 */
export async function preflight(target: PreflightTarget, context: PreflightContext): Promise<StepReport> {
  const { clock, path } = context
  const blind: string[] = []
  const step = beginStep({ id: 'replication/preflight', subject: target.name }, clock)
  const { tls: mode = 'prefer', database = 'postgres', engine: wanted, login, maxLagSeconds } = target
  const password = passwordOf(target, context)
  const ca = target.ca === undefined ? {} : { ca: await caIn(target.ca, path) }
  const told = (why: string): void => void blind.push(why)
  try {
    const nodes = await arrive(target.nodes, { allow: context.allow, wanted, path, blind: told })
    const engine = nodes[0]?.greeting.engine
    if (engine === undefined) return step({ unsettled: unseen(blind, wanted) })
    const options: ObserveOptions = {
      nodes,
      login: { user: login.user, password },
      database,
      tls: { mode, ...ca },
      maxLagSeconds,
      blind: told,
      ...(context.patienceMs !== undefined && { patienceMs: context.patienceMs }),
    }
    const seen =
      engine === 'mariadb'
        ? judged(await observeCluster(mariadbReader, options), await healthChecks(engine, context.only))
        : judged(await observeCluster(postgresReader, options), await healthChecks(engine, context.only))
    return step(reported(seen, blind, target, context))
  } catch (error) {
    if (error instanceof UsageError) throw error
    return step({ unsettled: unsettledBy(error) })
  }
}

interface Judged {
  readonly cluster: LiveCluster
  readonly results: readonly ReturnType<typeof runCheck>[]
}

function judged<C extends LiveCluster>(cluster: C, checks: readonly Check<RuleId, C>[]): Judged {
  return { cluster, results: checks.map((check) => runCheck(check, cluster)) }
}

function reported(
  { cluster, results }: Judged,
  blind: readonly string[],
  target: PreflightTarget,
  { only }: PreflightContext,
): Partial<StepReport> {
  if (cluster.nodes.length === 0) return { unsettled: unseen(blind, cluster.engine) }
  if (results.length === 0) return { skipped: 'no check that was asked for looks at clusters of this engine' }
  const broken = results.find(({ unsettled }) => unsettled !== undefined)?.unsettled
  const unsettled = broken ?? (blind.length > 0 ? unseen(blind, cluster.engine) : undefined)
  const candidates = candidatesOf(cluster).map((one) => ({ ...one, loss: lossOf(one) }))
  const content = `${JSON.stringify({ cluster, candidates, blind }, undefined, 2)}\n`
  return {
    looked: results.map(({ check }) => check),
    findings: results.flatMap((result) =>
      ofAsked(result, only).findings.map((finding): LocatedFinding => ({
        ...finding,
        subject: target.name,
        replay: replayOf(target),
      })),
    ),
    attachments: [{ name: 'preflight.json', contentType: 'application/json', content }],
    ...(unsettled !== undefined && { unsettled }),
  }
}

const rights: Readonly<Record<EngineId, string>> = {
  mariadb: 'BINLOG MONITOR and REPLICA MONITOR on *.*, SELECT on mysql.user',
  postgres: 'the role pg_monitor, SELECT on pg_hba_file_rules and EXECUTE on pg_hba_file_rules()',
}

function unseen(blind: readonly string[], engine: EngineId | undefined): Unsettled {
  const login = engine === undefined ? '' : `Let the login see it (${rights[engine]}). `
  return { because: 'prerequisite', why: blind.join('; '), mend: `${login}Name every node, and run it again.` }
}

function passwordOf({ login }: PreflightTarget, { env, path }: PreflightContext): string {
  const password = env[login.passwordFrom]
  if (password !== undefined) return password
  throw new UsageError({
    path,
    given: `no environment variable ${login.passwordFrom}`,
    wanted: `the password of "${login.user}" in it`,
    mend: `Set ${login.passwordFrom}; to an empty value when the account has none.`,
  })
}
