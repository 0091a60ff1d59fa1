import type { FaultHandle } from '../substrate/faults/index.ts'
import type { Cluster } from './cluster.ts'
import type { ClusterOptions, Engine, Node } from './engines/engine.ts'
import type { Front, FrontKind } from './front.ts'
import type { ReadReport } from './readers.ts'
import type { Writers } from './writers.ts'

/** What a drill saw before or during the promotion and rows alone do not tell: it gives a trap its name. */
export type Witnessed =
  | { readonly kind: 'relay-log-unapplied'; readonly node: string }
  | { readonly kind: 'semi-sync-fallen-back'; readonly node: string }
  | { readonly kind: 'old-primary-alive'; readonly node: string }
  | { readonly kind: 'errant-write'; readonly node: string }
  | { readonly kind: 'filter'; readonly node: string }
  | { readonly kind: 'acknowledged-alone'; readonly node: string }
  | { readonly kind: 'clients-at-replica'; readonly node: string }
  | { readonly kind: 'binlog-purged'; readonly node: string }
  | { readonly kind: 'promotion-interrupted'; readonly node: string }
  | { readonly kind: 'replica-behind'; readonly node: string }
  | { readonly kind: 'old-primary-back'; readonly node: string }
  | { readonly kind: 'disk-full-data'; readonly node: string }
  | { readonly kind: 'disk-full-binlog'; readonly node: string }
  | { readonly kind: 'disk-full-relay-log'; readonly node: string }
  | { readonly kind: 'clock-moved'; readonly node: string }
  | { readonly kind: 'built-apart'; readonly node: string }

/** What a drill's fault has to work with. */
export interface Stage {
  readonly cluster: Cluster
  readonly primary: Node
  readonly replicas: readonly [Node, ...Node[]]
  readonly writers: Writers
  /** Cuts links and keeps the handle, to be healed at the end. */
  readonly cut: (node: Node, peers: readonly Node[]) => Promise<FaultHandle>
  /** Keeps another fault in the same way. */
  readonly keep: (fault: FaultHandle) => FaultHandle
  /** Undoes every fault that is kept, before the drill ends. */
  readonly heal: () => Promise<void>
  /** Ends a node without a word to it; its rows are not asked for unless it comes back. */
  readonly kill: (node: Node) => Promise<void>
  /** Leads a node that was primary back into the cluster, in the way of the procedure; its rows count from then on. */
  readonly rejoin: (node: Node, primary: Node) => Promise<void>
  /** One of several nodes that are alike, drawn from the seed. */
  readonly oneOf: (what: string, nodes: readonly [Node, ...Node[]]) => Node
  /** Waits until about so many more writes are acknowledged: from half to half as many more, drawn from the seed. */
  readonly acknowledged: (more: number) => Promise<void>
  /** More clients, who know the address of one node and stay there. */
  readonly clientsAt: (node: Node) => Promise<Writers>
  /** More clients, who know what all know and connect only now. */
  readonly clientsAnew: () => Writers
  /** What stands between clients and nodes. */
  readonly front: Front
  /** What the clients that read were told so far. */
  readonly reads: () => ReadReport
  /**
   * The moment of the fault, from which RTO is counted: the next at which a write is under way, because a fault between
   * two writes shows nothing.
   */
  readonly fault: (what: string) => Promise<void>
  /** One line of the timeline. */
  readonly note: (what: string) => void
  readonly witness: (seen: Witnessed) => void
}

export interface AttemptOptions {
  /** The node that is to be replaced; the primary that the cluster began with when left out. */
  readonly lost?: Node
  /** It still answers, and hands over in order. */
  readonly planned?: boolean
  /** Called between the promotion of a node and the moment at which clients reach it. */
  readonly beforeClientsAreLed?: (to: Node) => Promise<void>
  /** Called when clients reach it. What it throws ends the procedure there, as an operator's broken session does. */
  readonly afterClientsAreLed?: (to: Node) => Promise<void>
}

/** Runs the procedure once; undefined when it failed before clients were led anywhere. */
export type Attempt = (options?: AttemptOptions) => Promise<Node | undefined>

/** What happens to a cluster. One file in `drills/`. */
export interface Drill {
  readonly id: string
  readonly title: string
  readonly replicas: number
  /** The engine in whose statements the fault is written; any when left out. */
  readonly engine?: Engine['id']
  /** What a procedure must have so that the fault can be made at all. */
  readonly needs?: 'semi-sync' | 'rejoin'
  /** What stands between clients and nodes; one address that moves when left out. */
  readonly front?: FrontKind
  /** Milliseconds after which everybody must see an acknowledged write, where reads are led apart; 0 when left out. */
  readonly staleAfterMs?: number
  /** What its nodes have and those of other drills have not. */
  readonly equipment?: Pick<ClusterOptions, 'smallDisks' | 'ownClocks'>
  /** Makes the fault, proves that it took hold, and leaves a cluster that must be promoted in. */
  readonly disturb: (stage: Stage) => Promise<void>
  /** What happens around the promotion; it is run once when left out. */
  readonly promote?: (stage: Stage, attempt: Attempt) => Promise<Node | undefined>
}

export function drill(definition: Drill): Drill {
  return definition
}
