import type { FaultHandle } from '../substrate/faults/index.ts'
import type { Cluster } from './cluster.ts'
import type { Node } from './engines/engine.ts'
import type { Writers } from './writers.ts'

/** What a drill's fault has to work with. */
export interface Stage {
  readonly cluster: Cluster
  readonly primary: Node
  readonly replicas: readonly [Node, ...Node[]]
  readonly writers: Writers
  /** Cuts links and keeps the handle, to be healed at the end. */
  readonly cut: (node: Node, peers: readonly Node[]) => Promise<FaultHandle>
  /** Waits until so many more writes are acknowledged. */
  readonly acknowledged: (more: number) => Promise<void>
  /** The moment of the fault, from which RTO is counted. */
  readonly fault: (what: string) => void
}

/** What happens before the promotion. One file in `drills/`. */
export interface Drill {
  readonly id: string
  readonly title: string
  readonly replicas: number
  /** Makes the fault, proves that it took hold, and leaves a cluster that must be promoted in. */
  readonly disturb: (stage: Stage) => Promise<void>
}

export function drill(definition: Drill): Drill {
  return definition
}
