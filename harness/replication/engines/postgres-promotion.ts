import { messageOf, SeatrialError } from '../../kernel/index.ts'
import type { Cluster } from '../cluster.ts'
import type { Procedure, Promotion } from '../procedure.ts'
import { procedure } from '../procedure.ts'
import type { ClusterOptions, Node } from './engine.ts'
import { rejoinByRewind } from './postgres-rewind.ts'
import {
  drained,
  follow,
  leastLag,
  leave,
  mostAdvanced,
  promote,
  streamFromFirst,
  streams,
  waitForAnyOf,
} from './postgres-steps.ts'
import { run } from './steps.ts'

/**
 * The steps of the safe procedure; leave one out and a drill comes out red.
 *
 * - `leave`: every survivor leaves the old primary first, which can then acknowledge nothing more
 * - `choose`: the survivor that has received most is promoted, and not the first
 * - `by-position`: how much a survivor has is told by its WAL, and not by a clock
 * - `resume`: a procedure that was broken off goes on with the node that it promoted
 * - `tolerate`: what does not answer is left out
 * - `checkpoint`: before pg_rewind, which reads the new primary's timeline from its control file
 */
type Step = 'leave' | 'choose' | 'by-position' | 'resume' | 'tolerate' | 'checkpoint'

export interface SynchronousProcedure {
  readonly id: string
  readonly title: string
  readonly cluster?: Partial<ClusterOptions>
  readonly without?: readonly Step[]
}

/** Promotion with synchronous replication to any one standby: an acknowledged write is on a survivor, and that is found. */
export function synchronousProcedure({ id, title, cluster, without = [] }: SynchronousProcedure): Procedure {
  const has: Has = (step) => !without.includes(step)
  return procedure({
    id,
    title,
    engine: 'postgres',
    // A PostgreSQL primary waits for its standbys for ever.
    cluster: { gtid: false, logReplicaUpdates: true, semiSync: { timeoutMs: Number.POSITIVE_INFINITY }, ...cluster },
    async setUp(running) {
      const [primary, ...standbys] = running.nodes
      await streamFromFirst(running)
      if (primary !== undefined) await acknowledgeWith(running, primary, standbys)
    },
    aroundBuilding: {
      before: async () => undefined,
      async after(running) {
        const [primary, ...standbys] = running.nodes
        if (primary !== undefined) await acknowledgeWith(running, primary, standbys)
      },
    },
    promote: (promotion) => promoteSynchronous(promotion, has),
    async rejoin(back) {
      if (has('checkpoint')) await run(back.cluster, back.primary, 'CHECKPOINT')
      await rejoinByRewind(back)
      // Without the checkpoint it never does: the rows will tell.
      if (has('checkpoint')) await streams(back.cluster, back.node, back.primary)
    },
  })
}

type Has = (step: Step) => boolean

async function acknowledgeWith(cluster: Cluster, primary: Node, standbys: readonly Node[]): Promise<void> {
  if (cluster.options.semiSync !== undefined) await waitForAnyOf(cluster, primary, standbys)
}

async function promoteSynchronous(promotion: Promotion, has: Has): Promise<Node> {
  const { cluster, survivors, pointClientsTo, note } = promotion
  const there = has('tolerate') ? await answering(cluster, survivors, note) : survivors
  const before = has('resume') ? await promotedAlready(cluster, there) : undefined
  const candidate = before ?? (await promoteOne(cluster, there, has, note))
  note(before === undefined ? `${candidate.name} is primary` : `${candidate.name} has been promoted before`)
  await pointClientsTo(candidate)
  const followers: Node[] = []
  for (const other of there.filter((each) => each !== candidate)) {
    try {
      await follow(cluster, other, candidate)
      await streams(cluster, other, candidate)
      followers.push(other)
      note(`${other.name} follows ${candidate.name}`)
    } catch (error) {
      if (!has('tolerate')) throw error
      note(`${other.name} is left out: ${messageOf(error)}`)
    }
  }
  if (followers.length > 0) await acknowledgeWith(cluster, candidate, followers)
  return candidate
}

async function promoteOne(
  cluster: Cluster,
  survivors: readonly [Node, ...Node[]],
  has: Has,
  note: Promotion['note'],
): Promise<Node> {
  if (has('leave')) {
    await Promise.all(survivors.map((survivor) => leave(cluster, survivor)))
    note('nobody receives from the old primary any more')
  }
  const candidate = has('choose')
    ? await (has('by-position') ? mostAdvanced : leastLag)(cluster, survivors)
    : survivors[0]
  if (has('choose'))
    note(`${candidate.name} ${has('by-position') ? 'has received most' : 'calls itself the least behind'}`)
  if (has('leave')) await drained(cluster, candidate)
  await promote(cluster, candidate)
  return candidate
}

/** The one that is no standby any more. */
async function promotedAlready(cluster: Cluster, nodes: readonly Node[]): Promise<Node | undefined> {
  for (const node of nodes) {
    const status = await cluster.engine.replicaStatus(await cluster.session(node))
    if (status === undefined) return node
  }
  return undefined
}

async function answering(
  cluster: Cluster,
  nodes: readonly Node[],
  note: Promotion['note'],
): Promise<readonly [Node, ...Node[]]> {
  const there: Node[] = []
  for (const node of nodes) {
    await cluster.session(node).then(
      () => there.push(node),
      (error: unknown) => note(`${node.name} does not answer: ${messageOf(error)}`),
    )
  }
  const [first, ...rest] = there
  if (first !== undefined) return [first, ...rest]
  throw new SeatrialError('SEATRIAL_NO_CANDIDATE', 'no survivor answers', {
    mend: 'Look at every node; mend one and run it again.',
  })
}
