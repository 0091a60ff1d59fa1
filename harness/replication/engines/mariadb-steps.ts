import { waitFor } from '../../kernel/index.ts'
import type { Cluster } from '../cluster.ts'
import { replicationLogin } from '../cluster.ts'
import type { Node } from './engine.ts'
import { textOf } from './engine.ts'

/** Single steps on a MariaDB cluster, of which procedures are made. */

export async function run(cluster: Cluster, node: Node, ...statements: readonly string[]): Promise<void> {
  const session = await cluster.session(node)
  for (const statement of statements) await session.query(statement)
}

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

/** Every transaction that a node has written or fetched, by GTID; of one domain, the number at the end counts. */
export async function fetched(cluster: Cluster, node: Node): Promise<number> {
  const [row] = await (await cluster.session(node)).query('SHOW SLAVE STATUS')
  const [own] = await (await cluster.session(node)).query('SELECT @@gtid_current_pos AS position')
  return Math.max(sequenceOf(textOf(row?.['Gtid_IO_Pos'])), sequenceOf(textOf(own?.['position'])))
}

function sequenceOf(gtid: string): number {
  return Math.max(0, ...gtid.split(',').map((each) => Number(each.split('-')[2] ?? 0)))
}

/** Waits until a replica has applied all that it has fetched: what is in its relay log is lost with it otherwise. */
export async function drained(cluster: Cluster, replica: Node, deadlineMs = 15_000): Promise<void> {
  const session = await cluster.session(replica)
  await waitFor(
    `${replica.name} to have applied its relay log`,
    async () => {
      const status = await cluster.engine.replicaStatus(session)
      if (status === undefined || status.received === status.applied) return { done: true }
      return { seen: `fetched ${status.received}, applied ${status.applied}` }
    },
    { deadlineMs, everyMs: 10 },
  )
}
