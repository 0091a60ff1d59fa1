import { discover } from '../../discover.ts'
import type { Clock, LocatedFinding, RuleId, StepReport } from '../../kernel/index.ts'
import { messageOf, runCheck, SeatrialError, UsageError } from '../../kernel/index.ts'
import { mariadb } from '../engines/mariadb.ts'
import { quoted } from '../quoted.ts'
import type { NodeAddress } from './addresses.ts'
import { addressText } from './addresses.ts'
import { candidatesOf, lossOf } from './candidates.ts'
import type { HealthCheck } from './health-check.ts'
import { isHealthCheck } from './health-check.ts'
import { observeCluster } from './observe.ts'

/** A cluster that runs already, and how to ask it. */
export interface PreflightTarget {
  readonly name: string
  readonly nodes: readonly NodeAddress[]
  readonly login: {
    readonly user: string
    /** Name of the environment variable that holds the password. */
    readonly passwordFrom: string
  }
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

/** The checks that look at a live cluster. */
export async function healthChecks(only: readonly string[] = []): Promise<readonly HealthCheck[]> {
  const found = await discover(new URL('../checks/', import.meta.url), isHealthCheck)
  return found
    .map(({ thing }) => thing)
    .filter(
      ({ id, rules }) => only.length === 0 || [id, ...rules.map((rule) => rule.id)].some((one) => only.includes(one)),
    )
}

/**
 * Would a promotion be possible now, and what would it lose? Asks a live cluster, changes nothing in it, and gives one
 * step: what was found, and unsettled when something could not be seen.
 *
 * @throws UsageError when the password is not in the environment, or an address may not be asked
 */
export async function preflight(target: PreflightTarget, context: PreflightContext): Promise<StepReport> {
  const { clock, only } = context
  const [startedAt, began] = [clock.now(), clock.elapsed()]
  const login = { user: target.login.user, password: passwordOf(target, context) }
  const checks = await healthChecks(only)
  const step = (rest: Partial<StepReport>): StepReport => ({
    id: 'replication/preflight',
    subject: target.name,
    looked: [],
    findings: [],
    startedAt,
    durationMs: Math.round(clock.elapsed() - began),
    ...rest,
  })
  try {
    const { cluster, blind } = await observeCluster({
      nodes: target.nodes,
      login,
      open: (at, as) => mariadb.open(at, as),
      allow: context.allow,
      maxLagSeconds: target.maxLagSeconds,
      ...(context.patienceMs !== undefined && { patienceMs: context.patienceMs }),
    })
    if (cluster.nodes.length === 0) return step({ unsettled: unseen(blind) })
    const results = checks.map((check) => runCheck(check, cluster))
    const broken = results.find(({ unsettled }) => unsettled !== undefined)?.unsettled
    const unsettled = broken ?? (blind.length > 0 ? unseen(blind) : undefined)
    const candidates = candidatesOf(cluster).map((one) => ({ ...one, loss: lossOf(one) }))
    const seen = { cluster, candidates, blind }
    const wanted = ({ rule, check }: { rule: RuleId; check: RuleId }): boolean =>
      only.length === 0 || only.includes(rule) || only.includes(check)
    return step({
      looked: checks.map(({ id }) => id),
      findings: results.flatMap(({ check, findings }) =>
        findings
          .filter(({ rule }) => wanted({ rule, check }))
          .map((finding): LocatedFinding => ({ ...finding, subject: target.name, replay: replayOf(target) })),
      ),
      attachments: [
        {
          name: 'preflight.json',
          contentType: 'application/json',
          content: `${JSON.stringify(seen, undefined, 2)}\n`,
        },
      ],
      ...(unsettled !== undefined && { unsettled }),
    })
  } catch (error) {
    if (error instanceof UsageError) throw error
    if (error instanceof SeatrialError) {
      return step({ unsettled: { because: error.because, why: messageOf(error), mend: error.mend } })
    }
    return step({ unsettled: unseen([messageOf(error)]) })
  }
}

function unseen(blind: readonly string[]): NonNullable<StepReport['unsettled']> {
  return {
    because: 'prerequisite',
    why: blind.join('; '),
    mend: 'Let the login see it (BINLOG MONITOR and REPLICA MONITOR on *.*, SELECT on mysql.user), name every node, and run it again.',
  }
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

function replayOf({ nodes, login, maxLagSeconds }: PreflightTarget): string {
  const options = [
    `--user ${quoted(login.user)}`,
    `--password-from ${login.passwordFrom}`,
    `--max-lag ${maxLagSeconds}`,
  ]
  return ['seatrial drill preflight', ...nodes.map(addressText), ...options].join(' ')
}
