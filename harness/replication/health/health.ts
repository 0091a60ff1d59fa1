import type { MariadbCluster } from './mariadb/cluster.ts'
import type { PostgresCluster } from './postgres/cluster.ts'

/** What a live cluster says of itself, as plain data, in the words that both engines have: the checks judge it. */

/** A connection of a replica to its source. */
export interface Replication {
  /** `host:port`, as the replica was told; empty when it was told nobody. */
  readonly source: string
  /** `serverId` of its source; 0 when it was never connected, or nobody can tell. */
  readonly sourceId: number
  /** The account with which it logs in to its source. */
  readonly user: string
  /** What fetches: a thread of MariaDB, the WAL receiver of PostgreSQL. */
  readonly receiving: 'yes' | 'no' | 'connecting'
  /** What applies. */
  readonly applying: 'yes' | 'no'
  /** Seconds; null when the server cannot tell. */
  readonly lagSeconds: number | null
  /** True when what was fetched at the first look was applied within the patience of the pre-flight. */
  readonly drains: boolean
  readonly error: { readonly number: number; readonly text: string } | undefined
}

/** One server that answered. */
export interface NodeHealth {
  /** `host:port`, as the user named it. */
  readonly node: string
  readonly version: string
  /** MariaDB's server_id; PostgreSQL has none, and it is the node's place in the list, from 1. */
  readonly serverId: number
  /** It refuses the writes of ordinary accounts. */
  readonly readOnly: boolean
  /** Empty of a node that is no replica. */
  readonly replications: readonly Replication[]
  /** Names of accounts that may replicate; undefined where the login may not see them. */
  readonly accounts: readonly string[] | undefined
}

export interface ClusterHealth {
  /** In the order in which the user named them; those that did not answer are left out. */
  readonly nodes: readonly NodeHealth[]
  /** The node that others follow and that follows nobody; undefined when none of those that answered is it. */
  readonly primary: string | undefined
  /** Seconds of lag that are still acceptable. */
  readonly maxLagSeconds: number
}

/** A cluster of either engine. */
export type LiveCluster = MariadbCluster | PostgresCluster

/** The replicas of a cluster. */
export function replicasOf<N extends NodeHealth>({ nodes }: { readonly nodes: readonly N[] }): readonly N[] {
  return nodes.filter(({ replications }) => replications.length > 0)
}

export function primaryOf<N extends NodeHealth>({
  nodes,
  primary,
}: {
  readonly nodes: readonly N[]
  readonly primary: string | undefined
}): N | undefined {
  return nodes.find(({ node }) => node === primary)
}
