import type { Cluster } from '../cluster.ts'
import type { Dialect } from './dialect.ts'
import { dialectOf } from './dialect.ts'
import type { Node, Row, Session } from './engine.ts'
import { run } from './steps.ts'

/** Carries out statements in the words of the node's own server. @throws as `dialectOf` */
export async function tell(cluster: Cluster, node: Node, say: (dialect: Dialect) => readonly string[]): Promise<void> {
  await run(cluster, node, ...say(await dialectOf(await cluster.session(node))))
}

/** What a replica says of itself, in MariaDB's columns; undefined of a server that is none. @throws as `dialectOf` */
export async function statusRow(session: Session): Promise<Row | undefined> {
  const dialect = await dialectOf(session)
  const [row] = await session.query(dialect.replicaStatus)
  return row === undefined ? undefined : dialect.statusRow(row)
}
