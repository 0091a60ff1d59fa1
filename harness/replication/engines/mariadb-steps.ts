import type { Cluster } from '../cluster.ts'
import { replicationLogin } from '../cluster.ts'
import { waitFor } from '../../kernel/index.ts'
import type { Place } from './dialect.ts'
import { dialectOf } from './dialect.ts'
import type { Node } from './engine.ts'
import { textOf } from './engine.ts'
import { run } from './steps.ts'
import { statusRow, tell } from './tell.ts'

export type { Place } from './dialect.ts'
export { replicates, run } from './steps.ts'
export { tell } from './tell.ts'

/** Single steps on a MariaDB or MySQL cluster, of which procedures are made. */

/** The account that replicas log in with, in the primary's log or, as a dump leaves it, on the primary alone. */
export async function createReplicationAccount(
  cluster: Cluster,
  node: Node,
  { logged }: { readonly logged: boolean },
): Promise<void> {
  const { user, password } = replicationLogin
  const statements = [
    `CREATE USER IF NOT EXISTS '${user}'@'%' IDENTIFIED BY '${password}'`,
    `GRANT REPLICATION SLAVE ON *.* TO '${user}'@'%'`,
  ]
  await run(cluster, node, ...(logged ? statements : ['SET sql_log_bin = 0', ...statements, 'SET sql_log_bin = 1']))
}

/** Tells a replica its source, without starting it. */
export async function follow(cluster: Cluster, replica: Node, source: Node, place: Place): Promise<void> {
  const at = { host: source.name, port: cluster.engine.port, ...replicationLogin }
  await tell(cluster, replica, ({ follow: to }) => [to(at, place)])
}

/** How many transactions a node has written or fetched, by GTID. */
export async function fetched(cluster: Cluster, node: Node): Promise<number> {
  const session = await cluster.session(node)
  const dialect = await dialectOf(session)
  const status = await statusRow(session)
  const [own] = await session.query(dialect.applied)
  return dialect.fetched(status, textOf(own?.['gtids']))
}

/**
 * Waits until a replica has applied every whole transaction that it has fetched, counted by GTID: a
 * replica that stopped fetching in the middle of one never applies that half, and was never asked to acknowledge it.
 *
 * @throws SeatrialError `SEATRIAL_WAIT_DEADLINE`
 */
export async function drained(cluster: Cluster, replica: Node, deadlineMs = 15_000): Promise<void> {
  const session = await cluster.session(replica)
  const dialect = await dialectOf(session)
  await waitFor(
    `${replica.name} to have applied what it has fetched`,
    async () => {
      const status = await statusRow(session)
      const [row] = await session.query(dialect.applied)
      const applied = textOf(row?.['gtids'])
      const [all, own] = [dialect.fetched(status, applied), dialect.fetched(undefined, applied)]
      return own >= all ? { done: true } : { seen: `${own} of ${all} transactions` }
    },
    { deadlineMs, everyMs: 10 },
  )
}
