import type { Cluster } from './cluster.ts'
import type { ClusterOptions, Engine, Node } from './engines/engine.ts'

/** What a promotion has to work with: the primary is gone, or will be. */
export interface Promotion {
  readonly cluster: Cluster
  readonly lost: Node
  /** Nodes that can still be asked, in the order in which the documents name them. */
  readonly survivors: readonly [Node, ...Node[]]
  /** Moves the address that clients know to a node. */
  readonly pointClientsTo: (node: Node) => Promise<void>
  /** One line of the timeline. */
  readonly note: (what: string) => void
}

/** A way to run a cluster and to promote in it: the thing that a drill tries. One file in `procedures/`. */
export interface Procedure {
  readonly id: string
  readonly title: string
  readonly engine: Engine['id']
  readonly cluster: Omit<ClusterOptions, 'replicas'>
  /** Makes the nodes replicate, before anything is written. */
  readonly setUp: (cluster: Cluster) => Promise<void>
  /** Promotes one of the survivors and gives it back. */
  readonly promote: (promotion: Promotion) => Promise<Node>
}

export function procedure(definition: Procedure): Procedure {
  return definition
}
