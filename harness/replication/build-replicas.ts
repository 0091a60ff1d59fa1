import { messageOf, waitFor } from '../kernel/index.ts'
import type { BuildStage, Building, BuildingReport, BuiltReplica } from './building.ts'
import { BuildingFailed } from './building.ts'
import type { Cluster } from './cluster.ts'
import type { Witnessed } from './drill.ts'
import type { Node } from './engines/engine.ts'
import type { Entry } from './ledger/journal.ts'
import type { Token } from './ledger/token.ts'
import { rowsOf } from './observe.ts'

export interface BuildReplicasOptions {
  readonly building: Building
  readonly cluster: Cluster
  readonly primary: Node
  readonly replicas: readonly Node[]
  readonly entries: ReadonlyMap<Token, Entry>
  readonly now: () => number
  readonly acknowledged: (more: number) => Promise<void>
  readonly note: (what: string) => void
  readonly witness: (seen: Witnessed) => void
}

/** Builds every replica, one after the other, while clients write, and looks whether each has what its primary has. */
export async function buildReplicas(options: BuildReplicasOptions): Promise<BuildingReport> {
  const { building, primary, replicas, now, note, witness } = options
  const built: BuiltReplica[] = []
  for (const replica of replicas) {
    const stage: BuildStage = { ...options, replica, source: primary }
    const began = now()
    try {
      await building.build(stage)
      const missing = await proveReplication(options, replica)
      const tookMs = Math.round(now() - began)
      const stalledMs = Math.round(longestSilence(options.entries, began, now()))
      built.push({ node: replica.name, tookMs, stalledMs, missing })
      const how = `${replica.name} is built in ${tookMs} ms; no write was acknowledged for ${stalledMs} ms meanwhile`
      note(missing === 0 ? how : `${how}; it is green, and ${missing ?? 'all later'} acknowledged writes are not on it`)
      if (missing !== 0) witness({ kind: 'built-apart', node: replica.name })
    } catch (error) {
      // Trouble of the harness itself is not the building's fault.
      if (!(error instanceof BuildingFailed)) throw error
      note(`${replica.name} was not built: ${messageOf(error)}`)
      const { kind, number } = error
      const failed = { node: replica.name, kind, number, why: messageOf(error) }
      return { id: building.id, replicas: built, failed }
    }
  }
  return { id: building.id, replicas: built }
}

/** So long a replica may say that all is well and get no new row before it is taken at its word. */
const idleMs = 2_500

/**
 * Waits until a replica has a write that was sent after it was built, and gives how many of those that were acknowledged
 * until then it has not: undefined when it is green and gets no row at all.
 *
 * @throws BuildingFailed when it is no replica, or stops
 */
async function proveReplication(
  { cluster, entries, now, acknowledged }: BuildReplicasOptions,
  replica: Node,
): Promise<number | undefined> {
  const builtAt = now()
  await replicates(cluster, replica)
  await acknowledged(20)
  const [later] = [...entries].find(([, { fate, sentAt }]) => fate === 'acknowledged' && sentAt > builtAt) ?? []
  let [most, movedAt] = [-1, now()]
  const there = await waitFor(
    `${replica.name} to have a write of after it was built`,
    async () => {
      const { tokens } = await rowsOf(cluster, replica)
      if (later !== undefined && tokens.includes(later)) return { done: tokens }
      const status = await cluster.engine.replicaStatus(await cluster.session(replica), replica)
      if (status?.receiving !== 'yes' || status.applying !== 'yes') await replicates(cluster, replica)
      if (tokens.length > most) [most, movedAt] = [tokens.length, now()]
      return now() - movedAt > idleMs ? { done: undefined } : { seen: `${tokens.length} rows` }
    },
    { deadlineMs: 30_000, everyMs: 50 },
  )
  if (there === undefined) return undefined
  const has = new Set(there)
  const wanted = [...entries].filter(([, each]) => each.fate === 'acknowledged' && (each.settledAt ?? now()) < builtAt)
  return wanted.filter(([token]) => !has.has(token)).length
}

/** @throws BuildingFailed when the replica is none, or has stopped at an error */
async function replicates(cluster: Cluster, replica: Node): Promise<void> {
  let last = 'nothing yet'
  const refused = await waitFor(
    `${replica.name} to replicate`,
    async () => {
      const status = await cluster.engine.replicaStatus(await cluster.session(replica), replica)
      if (status === undefined) return { done: new BuildingFailed('no-replica', `${replica.name} is no replica`) }
      if (status.receiving === 'yes' && status.applying === 'yes') return { done: undefined }
      const { error } = status
      const stands = status.receiving === 'no' || status.applying === 'no' || error?.number === 1045
      if (error !== undefined && stands) return { done: new BuildingFailed('stopped', error.text, error.number) }
      last = `${status.receiving}, ${status.applying}, ${error?.text ?? 'no error'}`
      return { seen: last }
    },
    { deadlineMs: 15_000, everyMs: 10 },
  ).catch((error: unknown) => new BuildingFailed('stopped', `${messageOf(error)}; ${last}`))
  if (refused !== undefined) throw refused
}

/** The longest time between two moments without an acknowledgement, milliseconds. */
export function longestSilence(entries: ReadonlyMap<Token, Entry>, from: number, to: number): number {
  let [last, longest] = [from, 0]
  const moments = [...entries.values()]
    .flatMap(({ fate, settledAt }) => (fate === 'acknowledged' && settledAt !== undefined ? [settledAt] : []))
    .filter((at) => at >= from && at <= to)
    .toSorted((a, b) => a - b)
  for (const at of [...moments, to]) {
    longest = Math.max(longest, at - last)
    last = at
  }
  return longest
}
