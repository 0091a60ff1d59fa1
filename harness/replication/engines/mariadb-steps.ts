import type { Cluster } from '../cluster.ts'
import { replicationLogin } from '../cluster.ts'
import type { Place } from './dialect.ts'
import { dialectOf } from './dialect.ts'
import type { Node } from './engine.ts'
import { textOf } from './engine.ts'
import { run } from './steps.ts'
import { statusRow, tell } from './tell.ts'

export type { Place } from './dialect.ts'
export { drained, replicates, run } from './steps.ts'
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
