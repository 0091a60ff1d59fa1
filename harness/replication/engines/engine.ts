import type { ContainerMachine } from '../../substrate/index.ts'

export type Value = string | number | boolean | null
export type Row = Readonly<Record<string, unknown>>

/** A column as text; nothing for null and for what is no plain value. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : ''
}

/** One connection to one node. */
export interface Session extends AsyncDisposable {
  /** @throws DatabaseError */
  readonly query: (statement: string, values?: readonly Value[]) => Promise<Row[]>
}

/** What a server answered, or that it did not. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  /** The server's own number; undefined when no server answered. */
  readonly number: number | undefined

  constructor(message: string, number: number | undefined, options?: ErrorOptions) {
    super(message, options)
    this.number = number
  }
}

/** A database server of a drill. */
export interface Node {
  readonly name: string
  /** Unique in the cluster, 1 or more. */
  readonly id: number
  readonly machine: ContainerMachine
}

export interface Login {
  readonly user: string
  readonly password: string
}

/** What a replica says of itself. */
export interface ReplicaStatus {
  /** Host name of its source. */
  readonly source: string
  /** The thread that fetches: `yes`, `no`, `connecting`. */
  readonly receiving: 'yes' | 'no' | 'connecting'
  /** The thread that applies. */
  readonly applying: 'yes' | 'no'
  /** Seconds; null when it cannot tell. */
  readonly lagSeconds: number | null
  /** How far it has fetched and applied, in the engine's own words: comparable as text for equality only. */
  readonly received: string
  readonly applied: string
  readonly error: { readonly number: number; readonly text: string } | undefined
}

/** What drills ask of a database, whatever its statements are. */
export interface Engine {
  readonly id: 'mariadb' | 'postgres'
  /** Folder below fixtures/images. */
  readonly image: string
  readonly port: number
  readonly command: (node: Pick<Node, 'id'>, options: ClusterOptions) => readonly string[]
  readonly open: (
    at: { readonly host: string; readonly port: number },
    login?: Login,
    timeoutMs?: number,
  ) => Promise<Session>
  /** Undefined when the node is no replica. */
  readonly replicaStatus: (session: Session) => Promise<ReplicaStatus | undefined>
  /** What it has written, so that replicas can be held against it. */
  readonly position: (session: Session) => Promise<string>
}

export interface ClusterOptions {
  /** Besides the primary. */
  readonly replicas: number
  readonly gtid: boolean
  /** Replicas write what they apply to their own log, and can be followed in turn. */
  readonly logReplicaUpdates: boolean
  readonly semiSync: { readonly timeoutMs: number } | undefined
}
