import { SeatrialError, waitFor } from '../../kernel/index.ts'
import type { FaultHandle } from '../../substrate/faults/index.ts'
import type { Stage } from '../drill.ts'
import type { Node } from '../engines/engine.ts'
import { textOf } from '../engines/engine.ts'
import { dialectOf } from '../engines/dialect.ts'
import { fetched } from '../engines/mariadb-steps.ts'
import { run } from '../engines/steps.ts'
import { tell } from '../engines/tell.ts'

/** Faults of MariaDB that a drill makes by a statement, each proven before it returns. */

/** Stops applying on a replica that goes on fetching, and waits until it has fetched what it has not applied. */
export async function stopApplying({ cluster, note, witness }: Stage, node: Node): Promise<void> {
  await tell(cluster, node, ({ stopApplying: stop }) => [stop])
  const session = await cluster.session(node)
  await waitFor(
    `${node.name} to fetch more than it applies`,
    async () => {
      const status = await cluster.engine.replicaStatus(session)
      const holds = status?.receiving === 'yes' && status.applying === 'no' && status.received !== status.applied
      return holds ? { done: true } : { seen: JSON.stringify(status) }
    },
    { deadlineMs: 10_000, everyMs: 10 },
  )
  note(`${node.name} fetches and does not apply`)
  witness({ kind: 'relay-log-unapplied', node: node.name })
}

/** Whether a primary waits for its replicas now, and how many clients it lets wait. */
export async function semiSyncOf({ cluster }: Stage, primary: Node): Promise<{ on: boolean; waiting: number }> {
  const session = await cluster.session(primary)
  const { statusPrefix } = (await dialectOf(session)).semiSync
  const rows = await session.query(`SHOW STATUS LIKE '${statusPrefix}_%'`)
  const value = (name: string): string =>
    textOf(rows.find((row) => row['Variable_name'] === `${statusPrefix}_${name}`)?.['Value'])
  return { on: value('status') === 'ON', waiting: Number(value('wait_sessions')) }
}

async function waits({ cluster }: Stage, primary: Node): Promise<boolean> {
  const session = await cluster.session(primary)
  const { sourceEnabled } = (await dialectOf(session)).semiSync
  const [row] = await session.query(`SELECT @@${sourceEnabled} AS enabled`)
  return Number(row?.['enabled']) === 1
}

/**
 * Waits, after every link of a primary was cut, until it shows what it is: an asynchronous one acknowledges on, a
 * semi-synchronous one lets its clients wait, or falls back after its timeout and acknowledges on.
 */
export async function showsWithoutReplicas(stage: Stage, primary: Node): Promise<void> {
  const { cluster, note, witness, acknowledged, writers } = stage
  const { semiSync } = cluster.options
  // A node that was promoted without its procedure setting it up waits for nobody either.
  if (semiSync === undefined || !(await waits(stage, primary))) return acknowledged(200)
  // A timeout longer than a drill is not waited for.
  const reached = semiSync.timeoutMs < 10_000
  await waitFor(
    reached ? `${primary.name} to fall back` : `clients to wait for ${primary.name}`,
    async () => {
      const { on, waiting } = await semiSyncOf(stage, primary)
      const holds = reached ? !on : on && waiting > 0
      return holds ? { done: true } : { seen: `${on ? 'on' : 'off'}, ${waiting} waiting` }
    },
    { deadlineMs: 12_000, everyMs: 20 },
  )
  note(reached ? `${primary.name} waits for no replica any more` : `${primary.name} lets its clients wait`)
  if (!reached) return writers.nextEra()
  witness({ kind: 'semi-sync-fallen-back', node: primary.name })
  await acknowledged(200)
}

/**
 * Cuts a primary off from its replicas in the middle of a write that none of them has. When all that clients wait for is
 * the answer of a replica that has their write already, nothing more is written: then the links are mended, and cut
 * again.
 *
 * @throws SeatrialError `SEATRIAL_NOTHING_MORE` (unsettled: prerequisite) when five cuts leave nothing on the primary alone
 */
export async function cutInMidWrite(stage: Stage, primary: Node, replicas: readonly Node[]): Promise<void> {
  for (let cuts = 0; cuts < 5; cuts++) {
    const links = await stage.cut(primary, replicas)
    await showsWithoutReplicas(stage, primary)
    if (await hasMore(stage, primary, replicas)) return
    await links[Symbol.asyncDispose]()
    stage.note('every replica has what its primary has: the links are mended once more')
    await stage.acknowledged(20)
  }
  throw new SeatrialError('SEATRIAL_NOTHING_MORE', `${primary.name} never had a write that no replica has`, {
    mend: 'Run it again with more clients.',
    because: 'prerequisite',
  })
}

async function hasMore({ cluster, note }: Stage, primary: Node, replicas: readonly Node[]): Promise<boolean> {
  const most = await waitFor(
    `${primary.name} to have written what nobody else has`,
    async () => {
      const [own = 0, ...others] = await Promise.all([primary, ...replicas].map((node) => fetched(cluster, node)))
      return own > Math.max(...others) ? { done: own } : { seen: `all are at ${own}` }
    },
    { deadlineMs: 2_000, everyMs: 10 },
  ).catch(() => undefined)
  if (most !== undefined) note(`${primary.name} has written what nobody else has`)
  return most !== undefined
}

/** Makes a replica ignore a table, as a start option would; the status says Yes, Yes and 0 all the same. */
export async function hideTable(
  stage: Pick<Stage, 'cluster' | 'acknowledged' | 'note' | 'witness'>,
  node: Node,
  pattern: string,
): Promise<void> {
  const { cluster, acknowledged, note, witness } = stage
  await tell(cluster, node, ({ stop, ignoreTables, start }) => [stop, ignoreTables(pattern), start])
  const before = await countRows(stage, node)
  await acknowledged(100)
  await waitFor(
    `${node.name} to be green without rows`,
    async () => {
      const status = await cluster.engine.replicaStatus(await cluster.session(node))
      const green = status?.receiving === 'yes' && status.applying === 'yes'
      return green && (await countRows(stage, node)) === before ? { done: true } : { seen: JSON.stringify(status) }
    },
    { deadlineMs: 10_000, everyMs: 20 },
  )
  note(`${node.name} ignores ${pattern} and says that all is well`)
  witness({ kind: 'filter', node: node.name })
}

/** An operator's row on a replica, which read_only does not keep out; waits until the replica stops at it. */
export async function writeOnReplica({ cluster, note, witness }: Stage, node: Node): Promise<void> {
  // A key that the primary will give to another row soon, and that no row under way has.
  const key = 'SELECT MAX(id) + 20, 0, 1, 0, @@server_id FROM app.ledger'
  await tell(cluster, node, ({ letOperatorsIn }) => letOperatorsIn)
  await run(cluster, node, `INSERT INTO app.ledger (id, client, number, era, origin) ${key}`)
  await waitFor(
    `${node.name} to stop at a row of its own`,
    async () => {
      const status = await cluster.engine.replicaStatus(await cluster.session(node))
      return status?.applying === 'no' && status.error !== undefined ? { done: true } : { seen: JSON.stringify(status) }
    },
    { deadlineMs: 10_000, everyMs: 10 },
  )
  note(`somebody wrote on ${node.name}, which stopped`)
  witness({ kind: 'errant-write', node: node.name })
}

/** From here on what clients are told is on one replica alone, which acknowledges for all. */
export async function acknowledgesAlone(stage: Stage, node: Node): Promise<void> {
  const { primary, replicas, cut, acknowledged, witness } = stage
  await cut(
    primary,
    replicas.filter((each) => each !== node),
  )
  await acknowledged(100)
  if (!(await semiSyncOf(stage, primary)).on) throw new Error(`${primary.name} does not wait for a replica`)
  witness({ kind: 'acknowledged-alone', node: node.name })
}

/** Throws away every binary log but the newest. */
export async function purgeLogs(
  { cluster, note, witness }: Pick<Stage, 'cluster' | 'note' | 'witness'>,
  node: Node,
): Promise<void> {
  const session = await cluster.session(node)
  await session.query('FLUSH BINARY LOGS')
  const logs = await session.query('SHOW BINARY LOGS')
  const newest = textOf(logs.at(-1)?.['Log_name'])
  await waitFor(
    `the logs of ${node.name} to be purged`,
    async () => {
      await session.query(`PURGE BINARY LOGS TO '${newest}'`)
      const [first] = await session.query('SHOW BINARY LOGS')
      return textOf(first?.['Log_name']) === newest ? { done: true } : { seen: textOf(first?.['Log_name']) }
    },
    { deadlineMs: 5_000, everyMs: 20 },
  )
  note(`${node.name} has thrown away its logs before ${newest}`)
  witness({ kind: 'binlog-purged', node: node.name })
}

/** A node that was killed runs again and answers; its address may be another. */
export async function startAgain({ cluster, note }: Stage, node: Node): Promise<void> {
  await node.machine.start()
  await waitFor(
    `${node.name} to answer again`,
    async () => {
      await (await cluster.session(node)).query('SELECT 1')
      return { done: true }
    },
    { deadlineMs: 20_000, everyMs: 50 },
  )
  note(`${node.name} is back`)
}

/** Waits until a frozen server gives no answer any more. */
export async function provenSilent({ cluster }: Stage, node: Node, fault: FaultHandle): Promise<void> {
  const answer = cluster.engine.open(await cluster.address(node), undefined, 400)
  const silent = await answer.then(
    async (session) => {
      await session[Symbol.asyncDispose]()
      return false
    },
    () => true,
  )
  if (!silent) throw new Error(`${fault.description}, and it answers`)
}

async function countRows({ cluster }: Pick<Stage, 'cluster'>, node: Node): Promise<number> {
  const [row] = await (await cluster.session(node)).query('SELECT COUNT(*) AS count FROM app.ledger')
  return Number(row?.['count'])
}
