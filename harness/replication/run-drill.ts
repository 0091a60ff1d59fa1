import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, waitFor } from '../kernel/index.ts'
import type { FaultHandle } from '../substrate/faults/index.ts'
import type { RunScope } from '../substrate/index.ts'
import { startFaultProxy } from '../wire/index.ts'
import type { Cluster } from './cluster.ts'
import { startCluster } from './cluster.ts'
import type { Drill } from './drill.ts'
import type { Engine, Node, ReplicaStatus } from './engines/engine.ts'
import type { LedgerReport, NodeRows } from './ledger/compare.ts'
import { compareLedger, unsettledBecause } from './ledger/compare.ts'
import { Journal } from './ledger/journal.ts'
import { tokenOf } from './ledger/token.ts'
import { cutLinks } from './links.ts'
import type { Procedure } from './procedure.ts'
import type { Writers } from './writers.ts'
import { ledgerTable, startWriters } from './writers.ts'

export interface Moment {
  /** Milliseconds since the writers began. */
  readonly at: number
  readonly what: string
}

/** What was seen in a drill, as plain data: the checks judge it. */
export interface DrillObservation {
  readonly drill: string
  readonly procedure: string
  readonly ledger: LedgerReport
  /** What every other node said of itself when the rows were read. */
  readonly statuses: readonly { readonly node: string; readonly status: ReplicaStatus | undefined }[]
  readonly primary: string
  /** Milliseconds from the fault to the first write that the new primary acknowledged; undefined when none was. */
  readonly rtoMs: number | undefined
  readonly timeline: readonly Moment[]
  /** Why the ledger says nothing. */
  readonly unsettled: string | undefined
}

export interface RunDrillOptions {
  readonly drill: Drill
  readonly procedure: Procedure
  readonly engine: Engine
  readonly image: string
  readonly run: RunScope
  readonly clients?: number
  readonly signal?: AbortSignal
  readonly progress?: (line: string) => void
}

/**
 * Runs a drill from an empty machine room to the last row.
 *
 *     cluster --> writers --> fault --> promotion --> writers go on --> stop --> quiet --> every row of every node
 *
 * @throws SeatrialError when the cluster does not come up or a fault does not take hold; the promotion itself may fail
 *   and is then part of the timeline
 */
export async function runDrill(options: RunDrillOptions): Promise<DrillObservation> {
  const { drill, procedure, engine, image, run, clients = 4, signal, progress = () => undefined } = options
  await using cluster = await startCluster(
    { ...procedure.cluster, replicas: drill.replicas, engine, image, ...(signal && { signal }) },
    run,
  )
  const [primary, ...replicas] = cluster.nodes as readonly [Node, Node, ...Node[]]
  await procedure.setUp(cluster)
  await (await cluster.session(primary)).query(ledgerTable)
  progress(`${cluster.nodes.length} nodes replicate`)

  await using address = await startFaultProxy({ to: await cluster.address(primary) })
  const folder = join(run.temporaryFolder, `drill-${drill.id}-${procedure.id}`)
  await mkdir(folder, { recursive: true })
  using journal = new Journal(join(folder, 'ledger'))
  const began = performance.now()
  const now = (): number => performance.now() - began
  const timeline: Moment[] = []
  const note = (what: string): void => {
    timeline.push({ at: now(), what })
    progress(what)
  }
  const writers = startWriters({ engine, address: address.address, clients, journal, now })
  const faults: FaultHandle[] = []
  try {
    let faultAt = 0
    await drill.disturb({
      cluster,
      primary,
      replicas,
      writers,
      async cut(node, peers) {
        const handle = await cutLinks(node, peers, engine.port)
        faults.push(handle)
        note(handle.description)
        return handle
      },
      acknowledged: (more) => acknowledged(writers, more),
      fault(what) {
        faultAt = now()
        note(what)
      },
    })
    writers.nextEra()
    const promoted = await promote(procedure, { cluster, primary, replicas, address, note })
    const resumed = promoted === undefined ? undefined : await firstAcknowledgement(writers, faultAt, primary.name)
    if (resumed !== undefined) {
      timeline.push({ at: resumed.at, what: `${resumed.origin} acknowledges its first write` })
      await acknowledged(writers, 200)
    }
    await writers.stop()
    const truth = promoted ?? replicas[0]
    const others = replicas.filter((node) => node !== truth)
    const statuses = await quiet(cluster, truth, others)
    const rows = await Promise.all([truth, ...others].map((node) => rowsOf(cluster, node)))
    note('every row of every node is read')
    return {
      drill: drill.id,
      procedure: procedure.id,
      ledger: compareLedger(journal.entries, rows, truth.name),
      statuses,
      primary: truth.name,
      rtoMs: resumed === undefined ? undefined : resumed.at - faultAt,
      timeline: timeline.toSorted((a, b) => a.at - b.at),
      unsettled: unsettledBecause(journal.entries, faultAt),
    }
  } finally {
    await writers.stop()
    for (const fault of faults) await fault[Symbol.asyncDispose]()
  }
}

async function acknowledged(writers: Writers, more: number): Promise<void> {
  const wanted = writers.acknowledged() + more
  await waitFor(
    `${more} more acknowledged writes`,
    () => (writers.acknowledged() >= wanted ? { done: true } : { seen: `${writers.acknowledged()} of ${wanted}` }),
    { deadlineMs: 20_000, everyMs: 2 },
  )
}

async function promote(
  procedure: Procedure,
  given: {
    cluster: Cluster
    primary: Node
    replicas: readonly [Node, ...Node[]]
    address: Awaited<ReturnType<typeof startFaultProxy>>
    note: (what: string) => void
  },
): Promise<Node | undefined> {
  const { cluster, primary, replicas, address, note } = given
  try {
    return await procedure.promote({
      cluster,
      lost: primary,
      survivors: replicas,
      note,
      async pointClientsTo(node) {
        address.pointTo(await cluster.address(node))
        address.cut()
        note(`clients are led to ${node.name}`)
      },
    })
  } catch (error) {
    note(`the promotion failed: ${messageOf(error)}`)
    return undefined
  }
}

async function firstAcknowledgement(
  writers: Writers,
  after: number,
  old: string,
): Promise<{ at: number; origin: string } | undefined> {
  return waitFor(
    'the first write that the new primary acknowledges',
    () => {
      const first = writers.firstAfter(after, old)
      return first === undefined ? { seen: 'none' } : { done: first }
    },
    { deadlineMs: 20_000, everyMs: 2 },
  ).catch(() => undefined)
}

/**
 * Waits until nothing moves any more: every replica that can has what the primary wrote, and one that has stopped stays
 * where it is. Gives what each says of itself then.
 */
async function quiet(cluster: Cluster, truth: Node, others: readonly Node[]): Promise<DrillObservation['statuses']> {
  const last = new Map<string, string>()
  return waitFor(
    'the replicas to be still',
    async () => {
      const statuses = await Promise.all(
        others.map(async (node) => ({
          node: node.name,
          status: await cluster.engine.replicaStatus(await cluster.session(node)),
        })),
      )
      const counts = await Promise.all(
        [truth, ...others].map(async (node) => `${node.name} ${await countOf(cluster, node)}`),
      )
      const moving = counts.filter((each) => {
        const [name = ''] = each.split(' ')
        const before = last.get(name)
        last.set(name, each)
        return before !== each
      })
      const behind = statuses.filter(({ status }) => status?.applying === 'yes' && status.received !== status.applied)
      const seen = [...moving, ...behind.map(({ node }) => `${node} applies`)].join(', ')
      return moving.length === 0 && behind.length === 0 ? { done: statuses } : { seen }
    },
    { deadlineMs: 30_000, everyMs: 150 },
  )
}

async function countOf(cluster: Cluster, node: Node): Promise<string> {
  const [row] = await (await cluster.session(node)).query('SELECT COUNT(*) AS count FROM app.ledger')
  return String(row?.['count'])
}

async function rowsOf(cluster: Cluster, node: Node): Promise<NodeRows> {
  const rows = await (await cluster.session(node)).query('SELECT client, number FROM app.ledger ORDER BY id')
  return { node: node.name, tokens: rows.map((row) => tokenOf(Number(row['client']), Number(row['number']))) }
}
