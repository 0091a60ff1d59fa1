import { waitFor } from '../../kernel/index.ts'
import type { Cluster } from '../cluster.ts'
import type { Node } from './engine.ts'

/** Single steps on a cluster of any engine, of which procedures are made. */

export async function run(cluster: Cluster, node: Node, ...statements: readonly string[]): Promise<void> {
  const session = await cluster.session(node)
  for (const statement of statements) await session.query(statement)
}

/** Waits until a replica fetches and applies. @throws SeatrialError `SEATRIAL_WAIT_DEADLINE` with what it says instead */
export async function replicates(cluster: Cluster, replica: Node, deadlineMs = 15_000): Promise<void> {
  const session = await cluster.session(replica)
  await waitFor(
    `${replica.name} to replicate`,
    async () => {
      const status = await cluster.engine.replicaStatus(session)
      if (status?.receiving === 'yes' && status.applying === 'yes') return { done: true }
      return {
        seen:
          status === undefined
            ? 'no replica'
            : `${status.receiving}, ${status.applying}, ${status.error?.text ?? 'no error'}`,
      }
    },
    { deadlineMs, everyMs: 10 },
  )
}
