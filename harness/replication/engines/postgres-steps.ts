import { waitFor } from '../../kernel/index.ts'
import type { Cluster } from '../cluster.ts'
import { replicationLogin } from '../cluster.ts'
import type { Node } from './engine.ts'
import { textOf } from './engine.ts'
import { run } from './steps.ts'

/** Single steps on a PostgreSQL cluster, of which procedures are made. */

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** The connection string with which a standby follows a node. */
export function conninfo(cluster: Cluster, source: Node): string {
  const { user, password } = replicationLogin
  return `host=${source.name} port=${cluster.engine.port} user=${user} password=${password} connect_timeout=2`
}

/** A setting of the whole server, in force at once; only for those that need no restart. */
async function set(cluster: Cluster, node: Node, setting: string, value: string): Promise<void> {
  await run(cluster, node, `ALTER SYSTEM SET ${setting} = ${literal(value)}`, 'SELECT pg_reload_conf()')
}

/** Tells a standby its primary; a running one changes over without a restart and goes on where it stands. */
export async function follow(cluster: Cluster, standby: Node, source: Node): Promise<void> {
  await set(cluster, standby, 'primary_conninfo', conninfo(cluster, source))
}

/**
 * Waits until a standby streams from a node, in the words of both: a receiver calls itself streaming as soon as it is
 * connected, also when the other end is about to refuse it.
 *
 * @throws Error with the reason, as soon as its log tells one twice: it then tries for ever, and in vain
 */
export async function streams(cluster: Cluster, standby: Node, source: Node): Promise<void> {
  const [own, other] = [await cluster.session(standby), await cluster.session(source)]
  // An idle primary sends nothing for half a minute to a standby that has all, and until then nobody can tell.
  await other.query("SELECT pg_logical_emit_message(true, 'seatrial', 'a standby begins')")
  const refused = await waitFor(
    `${standby.name} to stream from ${source.name} or to say why not`,
    async () => {
      const status = await cluster.engine.replicaStatus(own, standby)
      if (status?.receiving !== 'yes') {
        return status?.error === undefined ? { seen: status?.receiving ?? 'no standby' } : { done: status.error.text }
      }
      const [sender] = await other.query('SELECT state FROM pg_stat_replication WHERE application_name = $1', [
        standby.name,
      ])
      const state = textOf(sender?.['state'])
      return state === 'streaming' ? { done: undefined } : { seen: `its sender: ${state || 'none'}` }
    },
    { deadlineMs: 10_000, everyMs: 20 },
  )
  if (refused !== undefined) throw new Error(`${standby.name} cannot stream: ${refused}`)
}

/** Makes every node but the first stream from the first. */
export async function streamFromFirst(cluster: Cluster): Promise<void> {
  const [primary, ...standbys] = cluster.nodes
  if (primary === undefined) return
  for (const standby of standbys) await follow(cluster, standby, primary)
  for (const standby of standbys) await streams(cluster, standby, primary)
}

/** Any one of these standbys must have a write before the node acknowledges it. Returns when that is in force. */
export async function waitForAnyOf(cluster: Cluster, node: Node, standbys: readonly Node[]): Promise<void> {
  const names = standbys.map(({ name }) => `"${name}"`).join(', ')
  await set(cluster, node, 'synchronous_standby_names', standbys.length === 0 ? '' : `ANY 1 (${names})`)
  const session = await cluster.session(node)
  const wanted = standbys.length === 0 ? 0 : 1
  await waitFor(
    `${node.name} to wait for its standbys`,
    async () => {
      const rows = await session.query(
        "SELECT application_name FROM pg_stat_replication WHERE sync_state = 'quorum' AND state = 'streaming'",
      )
      return rows.length >= wanted ? { done: true } : { seen: `${rows.length} of them count` }
    },
    { deadlineMs: 15_000, everyMs: 10 },
  )
}

/** Takes a standby from its primary, whoever that is, so that what it has received does not grow any more. */
export async function leave(cluster: Cluster, standby: Node): Promise<void> {
  await set(cluster, standby, 'primary_conninfo', '')
  const session = await cluster.session(standby)
  await waitFor(
    `${standby.name} to leave its primary`,
    async () => {
      const rows = await session.query('SELECT status FROM pg_stat_wal_receiver')
      return rows.length === 0 ? { done: true } : { seen: textOf(rows[0]?.['status']) }
    },
    { deadlineMs: 15_000, everyMs: 10 },
  )
}

/** Of these standbys the one that has received most WAL. */
export async function mostAdvanced(cluster: Cluster, nodes: readonly [Node, ...Node[]]): Promise<Node> {
  return greatest(cluster, nodes, "greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) - '0/0'::pg_lsn")
}

/**
 * Of these standbys the one whose last replayed commit is the least while ago, as many watch lag. The commit has the
 * primary's time and now is the standby's: it compares two clocks, and says nothing of rows.
 */
export async function leastLag(cluster: Cluster, nodes: readonly [Node, ...Node[]]): Promise<Node> {
  return greatest(cluster, nodes, 'extract(epoch FROM pg_last_xact_replay_timestamp() - clock_timestamp())')
}

async function greatest(cluster: Cluster, nodes: readonly [Node, ...Node[]], expression: string): Promise<Node> {
  let [best] = nodes
  let most = Number.NEGATIVE_INFINITY
  for (const node of nodes) {
    const [row] = await (await cluster.session(node)).query(`SELECT ${expression} AS value`)
    const has = Number(row?.['value'])
    if (has > most) [best, most] = [node, has]
  }
  return best
}

/** Returns when the standby has become a primary. */
export async function promote(cluster: Cluster, standby: Node): Promise<void> {
  const [row] = await (await cluster.session(standby)).query('SELECT pg_promote(true, 4) AS promoted')
  if (row?.['promoted'] !== true) throw new Error(`${standby.name} was not promoted within 4 s`)
}

/** Waits until a replica has applied all that it has fetched: what it has not is lost with it otherwise. */
export async function drained(cluster: Cluster, replica: Node, deadlineMs = 15_000): Promise<void> {
  const session = await cluster.session(replica)
  await waitFor(
    `${replica.name} to have applied what it has fetched`,
    async () => {
      const status = await cluster.engine.replicaStatus(session)
      if (status === undefined || status.received === status.applied) return { done: true }
      return { seen: `fetched ${status.received}, applied ${status.applied}` }
    },
    { deadlineMs, everyMs: 10 },
  )
}
