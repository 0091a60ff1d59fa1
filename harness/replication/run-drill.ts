import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../kernel/index.ts'
import type { FaultHandle } from '../substrate/faults/index.ts'
import type { RunScope } from '../substrate/index.ts'
import { acknowledged, firstAcknowledgement } from './acknowledgements.ts'
import { buildReplicas } from './build-replicas.ts'
import type { Building, BuildingReport } from './building.ts'
import type { Cluster } from './cluster.ts'
import { startCluster } from './cluster.ts'
import { drawFrom } from './draw.ts'
import type { AttemptOptions, Drill, Stage, Witnessed } from './drill.ts'
import type { Engine, Node } from './engines/engine.ts'
import { naiveSplitting, startFront } from './front.ts'
import { compareLedger, unsettledBecause } from './ledger/compare.ts'
import { Journal } from './ledger/journal.ts'
import { cutLinks } from './links.ts'
import { mustFit } from './must-fit.ts'
import type { DrillObservation } from './observation.ts'
import { quiet, rowsOf } from './observe.ts'
import type { Procedure } from './procedure.ts'
import { startReaders, withoutLost } from './readers.ts'
import { startStory } from './story.ts'
import type { Writers } from './writers.ts'
import { startWriters } from './writers.ts'

export type { DrillObservation } from './observation.ts'

export interface RunDrillOptions {
  readonly drill: Drill
  readonly procedure: Procedure
  /** How replicas are built from the primary while clients write; all begin with one data folder when left out. */
  readonly building?: Building | undefined
  readonly engine: Engine
  readonly image: string
  /** As `startCluster` takes it. */
  readonly tools?: string | undefined
  readonly run: RunScope
  readonly clients?: number
  /** 1 when left out. */
  readonly seed?: number
  readonly signal?: AbortSignal
  readonly progress?: (line: string) => void
}

/**
 * Runs a drill from an empty machine room to the last row.
 *
 *     cluster --> writers --> fault --> promotion --> writers go on --> stop --> quiet --> every row of every node
 *
 * @throws SeatrialError when the cluster does not come up or a fault does not take hold; the promotion itself may fail
 *   and is then part of the timeline; the signal's reason when the run is ended from outside
 */
export async function runDrill(options: RunDrillOptions): Promise<DrillObservation> {
  const { drill, procedure, engine, image, tools, run, signal } = options
  mustFit(options)
  await using cluster = await startCluster(
    {
      ...procedure.cluster,
      ...drill.equipment,
      replicas: drill.replicas,
      engine,
      image,
      tools,
      ...(signal && { signal }),
    },
    run,
  )
  let starting: Promise<unknown> | undefined
  const drilled = drillOn(cluster, options, (front) => void (starting = front))
  if (signal === undefined) return await drilled
  // Ended from outside, it is not waited for: the cluster goes away under it, and what it meets then is no news.
  drilled.catch(() => undefined)
  const { promise: ended, reject } = Promise.withResolvers<never>()
  const end = (): void => reject(signal.reason)
  signal.addEventListener('abort', end)
  try {
    signal.throwIfAborted()
    return await Promise.race([drilled, ended])
  } finally {
    signal.removeEventListener('abort', end)
    // A container that is just being started can be removed once it is there.
    await starting?.catch(() => undefined)
  }
}

async function drillOn(
  cluster: Cluster,
  options: RunDrillOptions,
  starts: (front: Promise<unknown>) => void,
): Promise<DrillObservation> {
  const { drill, procedure, building, engine, run, clients = 4, seed = 1, signal, progress = () => undefined } = options
  const draw = drawFrom(seed, drill.id)
  const [primary, ...replicas] = cluster.nodes as readonly [Node, Node, ...Node[]]
  await (building === undefined ? procedure.setUp : procedure.aroundBuilding?.before)?.(cluster)
  await (await cluster.session(primary)).query(engine.ledgerTable)
  progress(`${cluster.nodes.length} nodes ${building === undefined ? 'replicate' : 'answer'}`)

  // A folder of its own each time: one run may try the same drill and procedure twice.
  const folder = await mkdtemp(join(run.temporaryFolder, `drill-${drill.id}-`))
  using journal = new Journal(join(folder, 'ledger'))
  const began = performance.now()
  const now = (): number => performance.now() - began
  const story = startStory(now, progress)
  const { note } = story
  const { front: kind = 'address', staleAfterMs = 0 } = drill
  const { splitting = naiveSplitting } = procedure
  const starting = startFront(kind, { cluster, run, splitting, note, ...(signal && { signal }) })
  starts(starting)
  await using front = await starting
  const writers = startWriters({ engine, address: front.writes, clients, journal, now })
  const everyWriter: Writers[] = [writers]
  // Where nothing is led apart one is enough to tell how long reads were not answered.
  const reading = { engine, address: front.reads, clients: kind === 'address' ? 1 : clients, journal, now }
  // Where reads go to the node that takes the writes, only rows that differ can make them so.
  const readers = startReaders({ ...reading, ...(kind !== 'address' && { staleAfterMs }) })
  const stopClients = (): Promise<unknown> => Promise.all([readers, ...everyWriter].map((each) => each.stop()))
  const abandon = (): void => void stopClients()
  signal?.addEventListener('abort', abandon)
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
    async cut(node, peers) {
      const inOrder = draw.order(`links of ${node.name}, in this order`, peers, ({ name }) => name)
      return keep(await cutLinks(node, inOrder, engine.port))
    },
    oneOf: (what, nodes) => draw.oneOf(what, nodes, ({ name }) => name),
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
    acknowledged: (more) => acknowledged(writers, draw.writes(more)),
    async clientsAt(node) {
      const firstClient = 1 + clients * everyWriter.length
      const at = await cluster.address(node)
      const more = startWriters({ engine, address: at, clients, firstClient, journal, now, era })
      everyWriter.push(more)
      return more
    },
    clientsAnew() {
      const firstClient = 1 + clients * everyWriter.length
      const more = startWriters({ engine, address: front.writes, clients, firstClient, journal, now, era })
      everyWriter.push(more)
      return more
    },
    front,
    reads: readers.report,
    async fault(what) {
      faultAt = await writers.midWrite()
      note(what, 'fault')
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
    const ended = story.promotion()
    try {
      led = await procedure.promote({
        cluster,
        lost: old,
        planned,
        survivors: [first, ...more],
        note,
        signal,
        folder,
        async pointClientsTo(node) {
          await given.beforeClientsAreLed?.(node)
          // What is sent from here on is the new primary's: two origins in one era are a split brain.
          nextEra()
          led = node
          await front.leadTo(node)
          story.led(`clients are led to ${node.name}`)
          await given.afterClientsAreLed?.(node)
        },
      })
    } catch (error) {
      failed = messageOf(error)
      note(`the promotion failed: ${failed}`)
    } finally {
      ended()
    }
    return led
  }
  try {
    const built = building === undefined ? undefined : await build(building)
    if (built?.failed !== undefined) {
      faultAt = now()
      return { ...(await read(primary, [], undefined)), building: built, unsettled: undefined }
    }
    await drill.disturb(stage)
    const promoted = drill.promote === undefined ? await attempt() : await drill.promote(stage, attempt)
    const resumed = promoted === undefined ? undefined : await firstAcknowledgement(writers, faultAt, old.name)
    if (resumed !== undefined) {
      story.noteAt(resumed.at, `${resumed.origin} acknowledges its first write`, 'recovery')
      await acknowledged(writers, 200).catch((error: unknown) => {
        failed ??= `after their first acknowledgements clients waited for ${messageOf(error)}`
      })
    }
    const truth = promoted ?? replicas.find((node) => !absent.has(node)) ?? replicas[0]
    const others = cluster.nodes.filter((node) => node !== truth && !absent.has(node))
    return { ...(await read(truth, others, resumed?.at)), ...(built !== undefined && { building: built }) }
  } finally {
    signal?.removeEventListener('abort', abandon)
    await stopClients()
    for (const fault of faults) await fault[Symbol.asyncDispose]()
  }

  async function build(how: Building): Promise<BuildingReport> {
    await acknowledged(writers, 300)
    const more = (count: number): Promise<void> => acknowledged(writers, count)
    const { entries } = journal
    const given = { building: how, cluster, primary, replicas, entries, now, acknowledged: more, note }
    const report = await buildReplicas({ ...given, witness: stage.witness })
    if (report.failed === undefined) await procedure.aroundBuilding?.after(cluster)
    return report
  }

  /** Ends the writing and reads every row, once nothing moves any more. */
  async function read(truth: Node, others: readonly Node[], resumedAt: number | undefined): Promise<DrillObservation> {
    const stoppedAt = now()
    await stopClients()
    const statuses = await quiet(cluster, truth, others)
    const quietAt = now()
    const rows = await Promise.all([truth, ...others].map((node) => rowsOf(cluster, node)))
    const primaryTimeline = await engine.timeline?.(await cluster.session(truth))
    note('every row of every node is read')
    const ledger = compareLedger(journal.entries, rows, truth.name)
    return {
      drill: drill.id,
      procedure: procedure.id,
      seed,
      drawn: draw.drawn,
      ledger,
      statuses,
      primary: truth.name,
      ...(primaryTimeline !== undefined && { primaryTimeline }),
      rtoMs: resumedAt === undefined ? undefined : resumedAt - faultAt,
      front: kind,
      reads: withoutLost(readers.report(), ledger.lost, faultAt),
      ...story.told({ entries: journal.entries.values(), ledger, faultAt, stoppedAt, quietAt }),
      unsettled: unsettledBecause(journal.entries, faultAt),
      witnessed,
      failed,
      planned,
      refusals: writers.refusals(),
    }
  }
}
