import type { Candidate } from '../candidates.ts'
import { primaryOf, replicasOf } from '../health.ts'
import type { MariadbCluster, MariadbNode } from './cluster.ts'
import { reaches } from './cluster.ts'
import { errantOf } from './errant.ts'
import { transactionsBehind } from './gtid.ts'

/** The replicas, counted in transactions. */
export function mariadbCandidates(cluster: MariadbCluster): readonly Candidate[] {
  const replicas = replicasOf(cluster).filter(({ node }) => node !== cluster.primary)
  return replicas.map((replica) => candidateOf(replica, replicas, cluster))
}

function candidateOf(replica: MariadbNode, replicas: readonly MariadbNode[], cluster: MariadbCluster): Candidate {
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
    unit: 'transactions',
    lagSeconds: replica.replications[0]?.lagSeconds ?? null,
  }
}

function fetchedOf({ logged, appliedGtid, replications }: MariadbNode): MariadbNode['logged'] {
  return [...logged, ...appliedGtid, ...replications.flatMap(({ fetchedGtid }) => fetchedGtid)]
}

function obstaclesOf(replica: MariadbNode, cluster: MariadbCluster): string[] {
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
