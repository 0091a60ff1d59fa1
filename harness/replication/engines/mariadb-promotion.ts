import { messageOf, waitFor } from '../../kernel/index.ts'
import type { Cluster } from '../cluster.ts'
import type { Procedure, Promotion, Return } from '../procedure.ts'
import type { ClusterOptions, Node } from './engine.ts'
import { answering, close, noCandidate } from './mariadb-answering.ts'
import { beat, leastLag } from './mariadb-heartbeat.ts'
import { isAhead, unfitBecause } from './mariadb-fitness.ts'
import { rebuild } from './mariadb-rebuild.ts'
import { rescue } from './mariadb-rescue.ts'
import { createReplicationAccount, drained, fetched, follow, replicates, tell } from './mariadb-steps.ts'
import type { Step } from './promotion-step.ts'
import { statusRow } from './tell.ts'

export interface SemiSyncOptions {
  readonly id: string
  readonly title: string
  readonly without?: readonly Step[]
  readonly cluster?: Partial<Omit<ClusterOptions, 'replicas'>>
  /** How a read of the splitter comes after the last write; it waits when left out. */
  readonly readAfter?: 'wait' | 'stick'
}

/** So long that the primary never goes on alone while a drill lasts. */
const forever = { timeoutMs: 3_600_000 }

/** Semi-synchronous replication by GTID with a safe promotion, or with steps of it left out. */
export function semiSyncProcedure({
  id,
  title,
  without = [],
  cluster,
  readAfter = 'wait',
}: SemiSyncOptions): Procedure {
  const has = (step: Step): boolean => !without.includes(step)
  return {
    id,
    title,
    engine: 'mariadb',
    cluster: { gtid: true, logReplicaUpdates: true, semiSync: forever, ...cluster },
    setUp: (given) => setUp(given, has),
    aroundBuilding: {
      async before(given) {
        const [primary] = given.nodes
        if (primary !== undefined) await createReplicationAccount(given, primary, { logged: has('account') })
      },
      after: (given) => goOnByGtid(given, has),
    },
    promote: (promotion) => promote(promotion, has),
    rejoin: (back) => rejoin(back, has),
    splitting: {
      readAfter: has('read-after') ? readAfter : 'at-once',
      writesLedBy: has('lead') ? 'promotion' : 'checks',
      replicasWatched: has('watch'),
    },
  }
}

type Has = (step: Step) => boolean

async function setUp(cluster: Cluster, has: Has): Promise<void> {
  const [primary, ...replicas] = cluster.nodes
  if (primary === undefined) return
  for (const replica of replicas) await follow(cluster, replica, primary, 'gtid')
  await createReplicationAccount(cluster, primary, { logged: has('account') })
  const { semiSync } = cluster.options
  for (const replica of replicas) {
    await tell(cluster, replica, (dialect) => [
      ...(has('read-only') ? [dialect.close] : []),
      ...(semiSync !== undefined ? [`SET GLOBAL ${dialect.semiSync.replicaEnabled} = 1`] : []),
      dialect.start,
    ])
  }
  for (const replica of replicas) await replicates(cluster, replica)
  if (!has('by-gtid')) await beat(cluster, primary)
  // Last: a primary that waits for nobody yet holds its first write for the whole timeout.
  await waitForReplicas(cluster, primary)
}

/** Replicas that were built at a place replicate: from here on each finds its place by GTID, and the primary waits. */
async function goOnByGtid(cluster: Cluster, has: Has): Promise<void> {
  const [primary, ...replicas] = cluster.nodes
  if (primary === undefined) return
  for (const replica of replicas) {
    await tell(cluster, replica, (dialect) => [
      ...(has('read-only') ? [dialect.close] : []),
      ...(cluster.options.semiSync !== undefined ? [`SET GLOBAL ${dialect.semiSync.replicaEnabled} = 1`] : []),
      dialect.stop,
      dialect.followByGtid,
      dialect.start,
    ])
  }
  for (const replica of replicas) await replicates(cluster, replica)
  await waitForReplicas(cluster, primary)
}

async function waitForReplicas(cluster: Cluster, primary: Node): Promise<void> {
  const { semiSync } = cluster.options
  if (semiSync === undefined) return
  await tell(cluster, primary, ({ semiSync: names }) => [
    `SET GLOBAL ${names.sourceTimeout} = ${semiSync.timeoutMs}`,
    `SET GLOBAL ${names.sourceWaitPoint} = 'AFTER_SYNC'`,
    `SET GLOBAL ${names.sourceEnabled} = 1`,
  ])
}

async function promote(promotion: Promotion, has: Has): Promise<Node> {
  const { cluster, lost, planned = false, survivors, pointClientsTo, note } = promotion
  if (!planned && !has('unasked')) await close(cluster, lost, note)
  const there = has('tolerate') ? await answering(cluster, survivors, note) : survivors
  if (planned && has('hold')) await handOver(cluster, lost, there, note)
  if (has('drain') && has('order')) for (const node of there) await apply(cluster, node)
  if (has('fence')) {
    await Promise.all(there.map((node) => tell(cluster, node, ({ stopFetching }) => [stopFetching])))
    note('nobody fetches from the old primary any more')
  }
  const candidate = await choose(cluster, there, has, note)
  if (has('drain')) {
    await apply(cluster, candidate)
    await drained(cluster, candidate)
    note(`${candidate.name} has applied what it fetched`)
  }
  await tell(cluster, candidate, ({ stop, forget }) => [stop, forget])
  const kept = new Set<Node>()
  for (const node of has('rescue') ? there : []) {
    if (node !== candidate && !(await rescued(cluster, node, candidate, note))) kept.add(node)
  }
  if (has('wait')) await waitForReplicas(cluster, candidate)
  await tell(cluster, candidate, ({ open }) => [open])
  note(`${candidate.name} is primary`)
  await pointClientsTo(candidate)
  const others = there.filter((node) => node !== candidate && !kept.has(node))
  if (!has('tolerate')) for (const other of others) await goOn(cluster, other, candidate, has, note)
  else {
    await Promise.all(
      others.map((other) =>
        goOn(cluster, other, candidate, has, note).catch((error: unknown) =>
          note(`${other.name} is left out: ${messageOf(error)}`),
        ),
      ),
    )
  }
  return candidate
}

/** Starts the thread that applies, unless it stopped at an error. */
async function apply(cluster: Cluster, node: Node): Promise<void> {
  const status = await statusRow(await cluster.session(node))
  const stands = status !== undefined && status['Slave_SQL_Running'] === 'No'
  if (stands && Number(status['Last_SQL_Errno']) === 0)
    await tell(cluster, node, ({ startApplying }) => [startApplying])
}

/** The old primary takes no more writes, and every replica has what it wrote. */
async function handOver(
  cluster: Cluster,
  old: Node,
  replicas: readonly Node[],
  note: Promotion['note'],
): Promise<void> {
  await tell(cluster, old, ({ close: shut }) => [shut])
  note(`${old.name} is read-only`)
  const all = await fetched(cluster, old)
  await waitFor(
    `every replica to have transaction ${all}`,
    async () => {
      const has = await Promise.all(replicas.map((node) => fetched(cluster, node)))
      return has.every((each) => each >= all) ? { done: true } : { seen: has.join(', ') }
    },
    { deadlineMs: 15_000, everyMs: 5 },
  )
}

async function choose(
  cluster: Cluster,
  nodes: readonly [Node, ...Node[]],
  has: Has,
  note: Promotion['note'],
): Promise<Node> {
  const already = has('resume') ? await promotedAlready(cluster, nodes) : undefined
  if (already !== undefined) {
    note(`${already.name} has been promoted before`)
    return already
  }
  const fit: Node[] = []
  for (const node of nodes) {
    const why = has('inspect') ? await unfitBecause(cluster, node, nodes) : undefined
    if (why === undefined) fit.push(node)
    else note(`${node.name} is not promoted: it ${why}`)
  }
  const [first] = fit
  if (first === undefined) throw noCandidate('no survivor may be promoted')
  if (!has('choose')) return first
  if (!has('by-gtid')) return leastLag(cluster, fit, first, note)
  let [best, most] = [first, -1]
  for (const node of fit) {
    const there = await fetched(cluster, node)
    if (there > most) [best, most] = [node, there]
  }
  note(`${best.name} has fetched most`)
  return best
}

/**
 * Whether a candidate has what another survivor fetched. What cannot be had is told, and the promotion goes on, because
 * clients wait; but such a node is not built anew, which would delete the only files that have it.
 */
async function rescued(cluster: Cluster, node: Node, candidate: Node, note: Promotion['note']): Promise<boolean> {
  try {
    const count = await rescue(cluster, node, candidate)
    if (count > 0) note(`${candidate.name} has ${count} transactions more, out of the relay log of ${node.name}`)
    return true
  } catch (error) {
    note(`${node.name} is left as it is, because it alone has what it fetched: ${messageOf(error)}`)
    return false
  }
}

/** No replica any more, and open to writes. */
async function promotedAlready(cluster: Cluster, nodes: readonly Node[]): Promise<Node | undefined> {
  for (const node of nodes) {
    const session = await cluster.session(node)
    const [row] = await session.query('SELECT @@read_only AS closed')
    if (Number(row?.['closed']) === 0 && (await cluster.engine.replicaStatus(session)) === undefined) return node
  }
  return undefined
}

/** A survivor follows the new primary; one that cannot, because histories parted or logs are gone, is built anew. */
async function goOn(cluster: Cluster, node: Node, primary: Node, has: Has, note: Promotion['note']): Promise<void> {
  if (has('rebuild') && (await unfitBecause(cluster, node, [primary])) !== undefined) {
    await rebuild(cluster, node, primary)
    return note(`${node.name} is built anew from ${primary.name}`)
  }
  await tell(cluster, node, ({ stop }) => [stop])
  await follow(cluster, node, primary, has('place') ? 'gtid' : 'start')
  await tell(cluster, node, ({ start }) => [start])
  note(`${node.name} is told to follow ${primary.name}`)
  if (!has('rebuild')) return
  const refused = await settled(cluster, node, primary)
  if (refused === undefined) return
  note(`${node.name} cannot follow: ${refused}`)
  await rebuild(cluster, node, primary)
  note(`${node.name} is built anew from ${primary.name}`)
}

/**
 * Waits until a replica has fetched what its primary has now, and gives its error when it will not. That it is connected
 * says nothing: a primary without the logs that are wanted takes the connection first and refuses then.
 */
async function settled(cluster: Cluster, node: Node, primary: Node): Promise<string | undefined> {
  const all = await fetched(cluster, primary)
  return waitFor(
    `${node.name} to follow or to say why not`,
    async () => {
      const status = await cluster.engine.replicaStatus(await cluster.session(node))
      if (status?.receiving !== 'yes' || status.applying !== 'yes') {
        if (status?.receiving === 'connecting') return { seen: status.error?.text ?? 'it connects' }
        return status?.error === undefined ? { seen: 'it starts' } : { done: status.error.text }
      }
      const has = await fetched(cluster, node)
      return has >= all ? { done: undefined } : { seen: `it has ${has} of ${all}` }
    },
    { deadlineMs: 10_000, everyMs: 10 },
  )
}

async function rejoin({ cluster, node, primary, note }: Return, has: Has): Promise<void> {
  await tell(cluster, node, ({ close: shut, semiSync }) => [
    shut,
    `SET GLOBAL ${semiSync.replicaEnabled} = 1`,
    ...(has('release') ? [`SET GLOBAL ${semiSync.sourceEnabled} = 0`] : []),
  ])
  if (has('rebuild') && (await isAhead(cluster, node, primary))) {
    note(`${node.name} has transactions that ${primary.name} has not`)
    await rebuild(cluster, node, primary)
    return note(`${node.name} is built anew from ${primary.name}`)
  }
  // It was nobody's replica: what it has is in its own log.
  await tell(cluster, node, ({ adoptOwnLog }) => adoptOwnLog)
  await goOn(cluster, node, primary, has, note)
}
