import { messageOf, SeatrialError } from '../../kernel/index.ts'
import type { Cluster } from '../cluster.ts'
import type { Promotion } from '../procedure.ts'
import { dialectOf } from './dialect.ts'
import type { Node } from './engine.ts'
import { statusRow } from './tell.ts'

/** Milliseconds in which a survivor must tell of itself: one that hangs would hold up the whole promotion. */
const patienceMs = 3_000

/**
 * The survivors that tell of themselves. A server whose relay log is full still lets people in, and hangs at the question
 * how far it has fetched and at `STOP SLAVE`, so that logging in is no answer.
 *
 * @throws SeatrialError `SEATRIAL_NO_CANDIDATE`
 */
export async function answering(
  cluster: Cluster,
  nodes: readonly [Node, ...Node[]],
  note: Promotion['note'],
): Promise<readonly [Node, ...Node[]]> {
  const silent = await Promise.all(nodes.map((node) => silentBecause(cluster, node)))
  for (const [index, node] of nodes.entries()) {
    if (silent[index] !== undefined) note(`${node.name} does not answer: ${silent[index]}`)
  }
  const [first, ...rest] = nodes.filter((_, index) => silent[index] === undefined)
  if (first === undefined) throw noCandidate('no survivor answers')
  return [first, ...rest]
}

async function silentBecause(cluster: Cluster, node: Node): Promise<string | undefined> {
  try {
    // A session of its own: one that hangs is of no use to anybody else.
    await using session = await cluster.engine.open(await cluster.address(node), undefined, patienceMs)
    await statusRow(session)
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}

export function noCandidate(why: string): SeatrialError {
  return new SeatrialError('SEATRIAL_NO_CANDIDATE', why, { mend: 'Look at every node; mend one and run it again.' })
}

/** Asks an old primary to take no more writes, if it lets anybody in. One whose writes hang never answers that. */
export async function close(cluster: Cluster, old: Node, note: Promotion['note']): Promise<void> {
  const session = await cluster.session(old).catch(() => undefined)
  if (session === undefined) return
  await session.query((await dialectOf(session)).close)
  note(`${old.name} is read-only`)
}
