import type { Cluster } from '../cluster.ts'
import { replicationLogin } from '../cluster.ts'
import type { Node } from './engine.ts'
import { textOf } from './engine.ts'
import { run } from './steps.ts'

export { drained, replicates, run } from './steps.ts'

/** Single steps on a MariaDB cluster, of which procedures are made. */

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

/** How a replica finds its place in its source: by what it has, by a file and a position, or from the first log on. */
export type Place = 'gtid' | 'start' | { readonly file: string; readonly position: number }

/** `CHANGE MASTER TO`, without starting it. */
export async function follow(cluster: Cluster, replica: Node, source: Node, place: Place): Promise<void> {
  const { user, password } = replicationLogin
  const at =
    place === 'gtid'
      ? ', MASTER_USE_GTID = slave_pos'
      : place === 'start'
        ? ', MASTER_USE_GTID = no'
        : `, MASTER_LOG_FILE = '${place.file}', MASTER_LOG_POS = ${place.position}, MASTER_USE_GTID = no`
  const to = `MASTER_HOST = '${source.name}', MASTER_PORT = ${cluster.engine.port}, MASTER_CONNECT_RETRY = 1`
  await run(cluster, replica, `CHANGE MASTER TO ${to}, MASTER_USER = '${user}', MASTER_PASSWORD = '${password}'${at}`)
}

/** Every transaction that a node has written or fetched, by GTID; of one domain, the number at the end counts. */
export async function fetched(cluster: Cluster, node: Node): Promise<number> {
  const [row] = await (await cluster.session(node)).query('SHOW SLAVE STATUS')
  const [own] = await (await cluster.session(node)).query('SELECT @@gtid_current_pos AS position')
  return Math.max(sequenceOf(textOf(row?.['Gtid_IO_Pos'])), sequenceOf(textOf(own?.['position'])))
}

function sequenceOf(gtid: string): number {
  return Math.max(0, ...gtid.split(',').map((each) => Number(each.split('-')[2] ?? 0)))
}
