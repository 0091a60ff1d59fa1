import type { Cluster } from './cluster.ts'
import type { Witnessed } from './drill.ts'
import type { Engine, Node } from './engines/engine.ts'

/** What one replica is built with, while clients write to its source. */
export interface BuildStage {
  readonly cluster: Cluster
  /** It runs, on the data folder of its image, and has nothing of the source. */
  readonly replica: Node
  readonly source: Node
  /** Waits until so many more writes are acknowledged. */
  readonly acknowledged: (more: number) => Promise<void>
  /** One line of the timeline. */
  readonly note: (what: string) => void
  readonly witness: (seen: Witnessed) => void
}

/** A way to make a replica from a primary that takes writes. One file in `buildings/`. */
export interface Building {
  readonly id: string
  readonly title: string
  readonly engine: Engine['id']
  /** The replica has what its source has. An unsafe one is what people do all the same, and must be found out. */
  readonly safe: boolean
  /** The place of the copy is told by GTID, so that the procedure must run the cluster with it. */
  readonly gtid: boolean
  /** Copies, tells the replica its place, and starts it; whether it has the rows is looked at by others. */
  readonly build: (stage: BuildStage) => Promise<void>
}

export function building(definition: Building): Building {
  return definition
}

/** Why there is no replica: its tool or its start failed, it waited for a lock of its own side, or it replicates nothing. */
export type FailureKind = 'tool' | 'lock' | 'no-replica' | 'stopped'

/** A way of building did not lead to a replica: that is its own fault, and the drill's verdict. */
export class BuildingFailed extends Error {
  override readonly name = 'BuildingFailed'
  readonly kind: FailureKind
  /** The server's own number of the error at which the replica stopped. */
  readonly number: number | undefined

  constructor(kind: FailureKind, message: string, number?: number) {
    super(message)
    this.kind = kind
    this.number = number
  }
}

/** What came of a building, as plain data. */
export interface BuildingReport {
  readonly id: string
  readonly replicas: readonly BuiltReplica[]
  /** The replica that there is not; the drill ends with it. */
  readonly failed?: {
    readonly node: string
    readonly kind: FailureKind
    readonly why: string
    readonly number: number | undefined
  }
}

export interface BuiltReplica {
  readonly node: string
  /** Milliseconds until it had all that was acknowledged meanwhile. */
  readonly tookMs: number
  /** The longest that no write at all was acknowledged meanwhile, milliseconds. */
  readonly stalledMs: number
  /** Acknowledged writes that it had not when it had a later one; undefined when it never had one. */
  readonly missing: number | undefined
}
