import type { DatabaseError } from '../engines/engine.ts'
import type { LiveCluster } from './health.ts'
import type { AskingSession } from './read-only-session.ts'

export interface ReadOptions {
  /** `host:port`, as the user named it. */
  readonly node: string
  /** Its place among the nodes, from 1. */
  readonly place: number
  /** Milliseconds that a replica has to apply what it had fetched. */
  readonly patienceMs: number
  /** Gets what this login may not see, and how to let it. */
  readonly blind: (why: string) => void
}

type WrittenOf<C extends LiveCluster> = NonNullable<C['primaryBefore']>

/** How the nodes of one engine are read; the statements are its own. */
export interface HealthReader<C extends LiveCluster, Read = C['nodes'][number]> {
  readonly engine: C['engine']
  /** What a server has written so far: of the primary asked before the replicas, and after them. */
  readonly written: (session: AskingSession) => Promise<WrittenOf<C>>
  /** @throws DatabaseError when nothing can be said of the server */
  readonly read: (session: AskingSession, options: ReadOptions) => Promise<Read>
  /** What is to be done so that the server says it; empty when that is not the trouble. */
  readonly mendOf: (error: DatabaseError) => string
  /** Of all nodes that answered, the cluster; with what each had written before */
  readonly cluster: (seen: {
    readonly nodes: readonly Read[]
    readonly before: (node: string) => WrittenOf<C> | undefined
    readonly maxLagSeconds: number
  }) => C
  /** The cluster with what the primary had written when all were read. */
  readonly withWritten: (cluster: C, written: WrittenOf<C>) => C
}
