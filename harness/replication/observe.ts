import { waitFor } from '../kernel/index.ts'
import type { Cluster } from './cluster.ts'
import type { Node, ReplicaStatus } from './engines/engine.ts'
import type { NodeRows } from './ledger/compare.ts'
import { tokenOf } from './ledger/token.ts'

export interface NodeStatus {
  readonly node: string
  readonly status: ReplicaStatus | undefined
}

/** So many looks in a row at which nothing moved: between two of them a busy machine may have run nobody. */
const stillLooks = 6
/** A replica that says for so many looks that it is about to have more, and never has, is not waited for any longer. */
const idleLooks = 24

/**
 * Waits until nothing moves any more: every replica that can has what the primary wrote, and one that has stopped stays
 * where it is. Gives what each says of itself then.
 */
export async function quiet(cluster: Cluster, truth: Node, others: readonly Node[]): Promise<readonly NodeStatus[]> {
  const last = new Map<string, number>()
  let [still, idle] = [0, 0]
  return waitFor(
    'the replicas to be still',
    async () => {
      const position = await cluster.engine.position(await cluster.session(truth))
      const statuses = await Promise.all(others.map((node) => statusOf(cluster, node)))
      const counts = await Promise.all([truth, ...others].map(async (node) => [node.name, await count(cluster, node)]))
      const moving = (counts as [string, number][]).filter(([name, now]) => {
        const before = last.get(name)
        last.set(name, now)
        return before !== now
      })
      const busy = statuses.filter(({ status }) => isBusy(cluster, status, position))
      const seen = [...moving.map(([name, now]) => `${name} has ${now}`), ...busy.map(({ node }) => `${node} is busy`)]
      idle = moving.length > 0 ? 0 : idle + 1
      if (seen.length > 0 && idle < idleLooks) {
        still = 0
        return { seen: seen.join(', ') }
      }
      const equal = new Set(last.values()).size === 1
      return equal || idle >= idleLooks || ++still >= stillLooks ? { done: statuses } : { seen: 'still, and not equal' }
    },
    { deadlineMs: 30_000, everyMs: 150 },
  )
}

/** It has more to apply, or has not yet heard whether it may log in. */
function isBusy(cluster: Cluster, status: ReplicaStatus | undefined, primary: string): boolean {
  if (status === undefined) return false
  if (status.receiving === 'connecting' && status.error === undefined) return true
  return cluster.engine.isBehind(status, primary)
}

export async function statusOf(cluster: Cluster, node: Node): Promise<NodeStatus> {
  return { node: node.name, status: await cluster.engine.replicaStatus(await cluster.session(node), node) }
}

async function count(cluster: Cluster, node: Node): Promise<number> {
  const [row] = await (await cluster.session(node)).query('SELECT COUNT(*) AS count FROM app.ledger')
  return Number(row?.['count'])
}

export async function rowsOf(cluster: Cluster, node: Node): Promise<NodeRows> {
  const rows = await (
    await cluster.session(node)
  ).query('SELECT client, number, era, origin FROM app.ledger ORDER BY id')
  return {
    node: node.name,
    tokens: rows.map((row) => tokenOf(Number(row['client']), Number(row['number']))),
    contents: rows.map((row) => `${String(row['era'])} ${String(row['origin'])}`),
  }
}
