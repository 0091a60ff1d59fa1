import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, SeatrialError, waitFor } from '../kernel/index.ts'
import type { FaultHandle } from '../substrate/faults/index.ts'
import type { RunScope } from '../substrate/index.ts'
import { startFaultProxy } from '../wire/index.ts'
import { startCluster } from './cluster.ts'
import type { AttemptOptions, Drill, Stage, Witnessed } from './drill.ts'
import type { Engine, Node } from './engines/engine.ts'
import type { LedgerReport } from './ledger/compare.ts'
import { compareLedger, unsettledBecause } from './ledger/compare.ts'
import { Journal } from './ledger/journal.ts'
import { cutLinks } from './links.ts'
import type { NodeStatus } from './observe.ts'
import { quiet, rowsOf } from './observe.ts'
import type { Procedure } from './procedure.ts'
import type { Writers } from './writers.ts'
import { startWriters } from './writers.ts'

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
  readonly statuses: readonly NodeStatus[]
  readonly primary: string
  /** Of PostgreSQL: the timeline that it writes. */
  readonly primaryTimeline?: number
  /** Milliseconds from the fault to the first write that the new primary acknowledged; undefined when none was. */
  readonly rtoMs: number | undefined
  readonly timeline: readonly Moment[]
  /** Why the ledger says nothing. */
  readonly unsettled: string | undefined
  /** What the drill saw that rows do not tell. */
  readonly witnessed: readonly Witnessed[]
  /** How the last run of the procedure failed; undefined when it came to its end. */
  readonly failed: string | undefined
  /** The old primary was to hand over in order. */
  readonly planned: boolean
  /** Writes that were refused, by the server's number of the error. */
  readonly refusals: Readonly<Record<number, number>>
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
  mustFit(drill, procedure)
  await using cluster = await startCluster(
    { ...procedure.cluster, replicas: drill.replicas, engine, image, ...(signal && { signal }) },
    run,
  )
  const [primary, ...replicas] = cluster.nodes as readonly [Node, Node, ...Node[]]
  await procedure.setUp(cluster)
  await (await cluster.session(primary)).query(engine.ledgerTable)
  progress(`${cluster.nodes.length} nodes replicate`)

  await using address = await startFaultProxy({ to: await cluster.address(primary) })
  // A folder of its own each time: one run may try the same drill and procedure twice.
  const folder = await mkdtemp(join(run.temporaryFolder, `drill-${drill.id}-`))
  using journal = new Journal(join(folder, 'ledger'))
  const began = performance.now()
  const now = (): number => performance.now() - began
  const timeline: Moment[] = []
  const note = (what: string): void => {
    timeline.push({ at: now(), what })
    progress(what)
  }
  const writers = startWriters({ engine, address: address.address, clients, journal, now })
  const everyWriter: Writers[] = [writers]
  const faults: FaultHandle[] = []
  const witnessed: Witnessed[] = []
  /** Nodes whose rows count for nothing: the dead, and an old primary until it is back in the cluster. */
  const absent = new Set<Node>([primary])
  let [faultAt, era] = [0, 0]
  let [old, planned]: [Node, boolean] = [primary, false]
  let led: Node | undefined
  let failed: string | undefined
  const nextEra = (): void => {
    era++
    for (const each of everyWriter) each.nextEra()
  }
  const keep = (handle: FaultHandle): FaultHandle => {
    faults.push(handle)
    note(handle.description)
    return handle
  }
  const stage: Stage = {
    cluster,
    primary,
    replicas,
    writers: { ...writers, nextEra },
    keep,
    note,
    cut: async (node, peers) => keep(await cutLinks(node, peers, engine.port)),
    async heal() {
      for (const each of faults.splice(0)) {
        await each[Symbol.asyncDispose]()
        note(`no longer: ${each.description}`)
      }
    },
    async kill(node) {
      absent.add(node)
      await node.machine.kill('SIGKILL')
    },
    async rejoin(node, to) {
      try {
        await procedure.rejoin?.({ cluster, node, primary: to, note })
        absent.delete(node)
      } catch (error) {
        failed = `${node.name} was not led back: ${messageOf(error)}`
        note(failed)
      }
    },
    acknowledged: (more) => acknowledged(writers, more),
    async clientsAt(node) {
      const firstClient = 1 + clients * everyWriter.length
      const at = await cluster.address(node)
      const more = startWriters({ engine, address: at, clients, firstClient, journal, now, era })
      everyWriter.push(more)
      return more
    },
    async fault(what) {
      faultAt = await writers.midWrite()
      note(what)
    },
    witness: (seen) => void witnessed.push(seen),
  }
  const attempt = async (given: AttemptOptions = {}): Promise<Node | undefined> => {
    old = given.lost ?? primary
    planned = given.planned ?? false
    failed = undefined
    const [first, ...more] = replicas.filter((node) => node !== old)
    if (first === undefined) return undefined
    nextEra()
    try {
      led = await procedure.promote({
        cluster,
        lost: old,
        planned,
        survivors: [first, ...more],
        note,
        async pointClientsTo(node) {
          await given.beforeClientsAreLed?.(node)
          // What is sent from here on is the new primary's: two origins in one era are a split brain.
          nextEra()
          led = node
          address.pointTo(await cluster.address(node))
          address.cut()
          note(`clients are led to ${node.name}`)
          await given.afterClientsAreLed?.(node)
        },
      })
    } catch (error) {
      failed = messageOf(error)
      note(`the promotion failed: ${failed}`)
    }
    return led
  }
  try {
    await drill.disturb(stage)
    const promoted = drill.promote === undefined ? await attempt() : await drill.promote(stage, attempt)
    const resumed = promoted === undefined ? undefined : await firstAcknowledgement(writers, faultAt, old.name)
    if (resumed !== undefined) {
      timeline.push({ at: resumed.at, what: `${resumed.origin} acknowledges its first write` })
      await acknowledged(writers, 200).catch((error: unknown) => {
        failed ??= `after their first acknowledgements clients waited for ${messageOf(error)}`
      })
    }
    await Promise.all(everyWriter.map((each) => each.stop()))
    const truth = promoted ?? replicas[0]
    const others = cluster.nodes.filter((node) => node !== truth && !absent.has(node))
    const statuses = await quiet(cluster, truth, others)
    const rows = await Promise.all([truth, ...others].map((node) => rowsOf(cluster, node)))
    const primaryTimeline = await engine.timeline?.(await cluster.session(truth))
    note('every row of every node is read')
    return {
      drill: drill.id,
      procedure: procedure.id,
      ledger: compareLedger(journal.entries, rows, truth.name),
      statuses,
      primary: truth.name,
      ...(primaryTimeline !== undefined && { primaryTimeline }),
      rtoMs: resumed === undefined ? undefined : resumed.at - faultAt,
      timeline: timeline.toSorted((a, b) => a.at - b.at),
      unsettled: unsettledBecause(journal.entries, faultAt),
      witnessed,
      failed,
      planned,
      refusals: writers.refusals(),
    }
  } finally {
    await Promise.all(everyWriter.map((each) => each.stop()))
    for (const fault of faults) await fault[Symbol.asyncDispose]()
  }
}

/** @throws SeatrialError `SEATRIAL_DRILL_UNFIT`, unsettled as unsupported */
function mustFit(drill: Drill, procedure: Procedure): void {
  const why =
    drill.engine !== undefined && drill.engine !== procedure.engine
      ? `its fault is written in statements of ${drill.engine}`
      : drill.needs === 'semi-sync' && procedure.cluster.semiSync === undefined
        ? 'its fault is one of semi-synchronous replication'
        : drill.needs === 'rejoin' && procedure.rejoin === undefined
          ? 'the old primary returns in it, and the procedure does not say how'
          : undefined
  if (why === undefined) return
  throw new SeatrialError('SEATRIAL_DRILL_UNFIT', `${drill.id} cannot be tried with ${procedure.id}: ${why}`, {
    mend: 'Choose another drill for this procedure; `seatrial drill list` names them.',
    because: 'unsupported',
  })
}

async function acknowledged(writers: Writers, more: number): Promise<void> {
  const wanted = writers.acknowledged() + more
  await waitFor(
    `${more} more acknowledged writes`,
    () => (writers.acknowledged() >= wanted ? { done: true } : { seen: `${writers.acknowledged()} of ${wanted}` }),
    { deadlineMs: 20_000, everyMs: 2 },
  )
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
    { deadlineMs: 12_000, everyMs: 2 },
  ).catch(() => undefined)
}
