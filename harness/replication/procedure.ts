import type { RuleId } from '../kernel/index.ts'
import type { Cluster } from './cluster.ts'
import type { ClusterOptions, Engine, Node } from './engines/engine.ts'
import type { Splitting } from './front.ts'

/** What a promotion has to work with: the primary is gone, or will be. */
export interface Promotion {
  readonly cluster: Cluster
  readonly lost: Node
  /** Nothing is wrong with the old primary: it hands over. Otherwise nobody can count on reaching it. */
  readonly planned?: boolean
  /** Nodes that can still be asked, in the order in which the documents name them. */
  readonly survivors: readonly [Node, ...Node[]]
  /** Moves the address that clients know to a node. */
  readonly pointClientsTo: (node: Node) => Promise<void>
  /** One line of the timeline. */
  readonly note: (what: string) => void
  /** Aborted when the run is ended from outside: whatever the promotion started ends with it. */
  readonly signal?: AbortSignal | undefined
  /** For its temporary files; it is gone when the run is. */
  readonly folder?: string
}

/** An old primary is back, and another node is primary now. */
export interface Return {
  readonly cluster: Cluster
  readonly node: Node
  readonly primary: Node
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
  /**
   * The same where the replicas are built from a running primary: what the primary has before clients come, and what is
   * left to do when every replica replicates. A procedure without it cannot be tried with a building.
   */
  readonly aroundBuilding?: {
    readonly before: (cluster: Cluster) => Promise<void>
    readonly after: (cluster: Cluster) => Promise<void>
  }
  /** Promotes one of the survivors and gives it back. */
  readonly promote: (promotion: Promotion) => Promise<Node>
  /** Makes an old primary a replica; drills in which one returns cannot try a procedure without it. */
  readonly rejoin?: (back: Return) => Promise<void>
  /** How reads are led apart from writes, in drills that do; as tutorials have it when left out. */
  readonly splitting?: Splitting
}

export function procedure(definition: Procedure): Procedure {
  return definition
}

/** A safe procedure with one step left out: it must be red, or the step is not needed or the drill sees nothing. */
export interface ProcedureMutant {
  readonly procedure: Procedure
  /** The drill in which it shows. */
  readonly drill: string
  /** What must be found then, and how its trap is called; undefined where the rule says it all. */
  readonly rule: RuleId
  readonly trap: RuleId | undefined
}

export function mutant(definition: ProcedureMutant): ProcedureMutant {
  return definition
}
