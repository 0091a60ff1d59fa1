import type { Heard } from '../../../cli/heard.ts'
import { heard } from '../../../cli/heard.ts'
import type { StepReport } from '../../../kernel/index.ts'
import { systemClock, waitFor } from '../../../kernel/index.ts'
import type { Cluster } from '../../cluster.ts'
import { preflight } from '../preflight.ts'
import { nodeOf } from './on-node.ts'

/** Pre-flights of the clusters of tests. */

export interface LookOptions {
  readonly maxLagSeconds?: number
  /** Its password is its name. */
  readonly user?: string
  /** Nodes by number; all three when left out. */
  readonly ids?: readonly number[]
}

export async function lookAt(
  cluster: Cluster,
  { maxLagSeconds = 10, user = 'drill', ids = [1, 2, 3] }: LookOptions = {},
): Promise<StepReport> {
  const nodes = await Promise.all(ids.map((id) => cluster.address(nodeOf(cluster, id))))
  return preflight(
    { name: 'live', nodes, login: { user, passwordFrom: 'PASSWORD' }, maxLagSeconds },
    { env: { PASSWORD: user }, allow: () => undefined, clock: systemClock, only: [], path: 'test', patienceMs: 400 },
  )
}

/** What the command line says of a cluster. */
export async function askedOf(cluster: Cluster, ...more: readonly string[]): Promise<Heard> {
  const nodes = await Promise.all(cluster.nodes.map((node) => cluster.address(node)))
  const addresses = nodes.map(({ host, port }) => `${host}:${port}`)
  const env = { SEATRIAL_DB_PASSWORD: 'drill' }
  return heard(['drill', 'preflight', ...addresses, '--user', 'drill', ...more], process.cwd(), env)
}

export const rulesOf = ({ findings }: StepReport): string[] =>
  [...new Set(findings.map(({ rule }) => rule.replace('replication/', '')))].toSorted()

export const sentenceOf = (step: StepReport, rule: string): string | undefined =>
  step.findings.find((each) => each.rule === `replication/${rule}`)?.sentence

/** Exactly these rules, once the cluster has come to it; servers take a moment to notice. */
export async function findsIn(
  cluster: Cluster,
  wanted: readonly string[],
  options: LookOptions = {},
): Promise<StepReport> {
  return waitFor(
    wanted.join(', '),
    async () => {
      const step = await lookAt(cluster, options)
      const found = rulesOf(step)
      if (JSON.stringify(found) === JSON.stringify(wanted.toSorted())) return { done: step }
      return { seen: `${found.join(', ')}; ${step.unsettled?.why ?? 'settled'}` }
    },
    { deadlineMs: 20_000, everyMs: 50 },
  )
}
