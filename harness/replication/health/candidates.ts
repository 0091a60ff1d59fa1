import { errantOf } from './errant.ts'
import { transactionsBehind } from './gtid.ts'
import type { ClusterHealth, NodeHealth } from './health.ts'
import { primaryOf, reaches, replicasOf } from './health.ts'

/** What a promotion of this replica, now, would find. */
export interface Candidate {
  readonly node: string
  /** Why it must not be promoted; none when it may. */
  readonly obstacles: readonly string[]
  /** Transactions of the primary that it has not fetched: lost when the primary is. Undefined when nobody can tell. */
  readonly unfetched: number | undefined
  /** Fetched and not applied, by transactions: lost only by a promotion that does not wait. */
  readonly unapplied: number
  readonly lagSeconds: number | null
}

/**
 * The replicas in the order in which they should be considered: those that may be promoted first, and of those the one
 * that has fetched most. Without the primary they are held against the most advanced of them.
 */
export function candidatesOf(cluster: ClusterHealth): readonly Candidate[] {
  const replicas = replicasOf(cluster).filter(({ node }) => node !== cluster.primary)
  const candidates = replicas.map((replica) => candidateOf(replica, replicas, cluster))
  const rank = ({ obstacles, unfetched = Number.POSITIVE_INFINITY, unapplied }: Candidate): readonly number[] => [
    obstacles.length,
    unfetched,
    unapplied,
  ]
  return candidates.toSorted((a, b) => {
    const [one, other] = [rank(a), rank(b)]
    const at = one.findIndex((value, index) => value !== other[index])
    return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0)
  })
}

function candidateOf(replica: NodeHealth, replicas: readonly NodeHealth[], cluster: ClusterHealth): Candidate {
  const { logged, logEnd } = cluster.primaryBefore ?? { logged: replicas.flatMap(fetchedOf), logEnd: undefined }
  const fetched = fetchedOf(replica)
  const applied = [...replica.logged, ...replica.appliedGtid]
  const byGtid = replica.replications.every(({ fetchedGtid }) => fetchedGtid.length > 0)
  const lacking = transactionsBehind(fetched, logged)
  // A replica that follows by position tells only where it is: whether that is the end decides, and no number does.
  const atEnd =
    logEnd !== undefined &&
    replica.replications.some(({ fetched: place, sourceId }) => {
      const direct = sourceId === primaryOf(cluster)?.serverId
      return direct && reaches(place, logEnd)
    })
  const unfetched = byGtid || lacking === 0 ? lacking : atEnd ? 0 : logEnd === undefined ? undefined : lacking
  return {
    node: replica.node,
    obstacles: obstaclesOf(replica, cluster),
    unfetched,
    unapplied: byGtid ? transactionsBehind(applied, fetched) : atEnd ? lacking : 0,
    lagSeconds: replica.replications[0]?.lagSeconds ?? null,
  }
}

function fetchedOf({ logged, appliedGtid, replications }: NodeHealth): NodeHealth['logged'] {
  return [...logged, ...appliedGtid, ...replications.flatMap(({ fetchedGtid }) => fetchedGtid)]
}

function obstaclesOf(replica: NodeHealth, cluster: ClusterHealth): string[] {
  const { binaryLog, accounts, replications } = replica
  const users = replicasOf(cluster).flatMap((one) => one.replications.map(({ user }) => user))
  const others = replicasOf(cluster).length > 1
  return [
    ...(binaryLog ? [] : ['it has no binary log']),
    ...(others && accounts !== undefined && users.some((user) => !accounts.includes(user))
      ? ['it has no account for replicas']
      : []),
    ...(replications.some(({ filters }) => filters.length > 0) ? ['a filter holds changes back'] : []),
    ...(errantOf(replica, cluster).length > 0 ? ['it has transactions that its primary has not'] : []),
    ...(replications.some(({ applying, drains }) => applying === 'no' && !drains)
      ? ['its relay log is not applied, and the thread that does it has stopped']
      : []),
  ]
}

/** What stands in the way, and what a promotion of it would lose, as the end of a sentence. */
export function lossOf({ unfetched, unapplied, obstacles }: Candidate): string {
  const lost =
    unfetched === undefined
      ? 'it follows by position, and nobody can tell what it has not fetched'
      : unfetched === 0
        ? 'it has fetched all that the primary had, and nothing of that would be lost'
        : `it has not fetched ${count(unfetched)}, which would be lost`
  const waiting = unapplied === 0 ? [] : [`${count(unapplied)} must be applied first`]
  return [...obstacles, lost, ...waiting].join(', ')
}

const count = (number: number): string => (number === 1 ? '1 transaction' : `${number} transactions`)
