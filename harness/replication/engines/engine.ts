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
  /** The server's own number; undefined when no server answered, or one that has none. */
  readonly number: number | undefined
  /** SQLSTATE, of a server that tells no numbers. */
  readonly state: string | undefined

  constructor(message: string, number: number | undefined, options?: ErrorOptions & { readonly state?: string }) {
    super(message, options)
    this.number = number
    this.state = options?.state
  }

  /** A server answered, and said no: the statement was not carried out. */
  get refused(): boolean {
    return this.number !== undefined || this.state !== undefined
  }
}

/** A database server of a drill. */
export interface Node {
  readonly name: string
  /** Unique in the cluster, 1 or more. */
  readonly id: number
  readonly machine: ContainerMachine
}

/** The account of the drills in every image: it may do everything. */
export const drillLogin = { user: 'drill', password: 'drill' } as const

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
  /** Of PostgreSQL: the timeline that it follows; the last that it followed when it follows none. */
  readonly timeline?: number
  /** `number`: 0 where the server has none. */
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
  /** The table of the ledger. Its key counts up, as in most applications: that is what collides when histories part. */
  readonly ledgerTable: string
  /** One row of it, for three values: client, number, era; the node writes its own id beside them. */
  readonly insertRow: string
  /** Id of the node at the other end, as it knows itself. */
  readonly nodeId: (session: Session) => Promise<number>
  /**
   * Undefined when the node is no replica. Some servers tell why they do not replicate in their log alone: it is read
   * when the node is given.
   */
  readonly replicaStatus: (session: Session, node?: Node) => Promise<ReplicaStatus | undefined>
  /** A replica that says this of itself will have more rows before long, its primary being where it is. */
  readonly isBehind: (status: ReplicaStatus, primary: string) => boolean
  /** What it has written, so that replicas can be held against it. */
  readonly position: (session: Session) => Promise<string>
  /** The timeline that a primary writes, undefined of a replica; left out where there is no such thing. */
  readonly timeline?: (session: Session) => Promise<number | undefined>
}

export interface ClusterOptions {
  /** Besides the primary. */
  readonly replicas: number
  readonly gtid: boolean
  /** Replicas write what they apply to their own log, and can be followed in turn. */
  readonly logReplicaUpdates: boolean
  readonly semiSync: { readonly timeoutMs: number } | undefined
  /** What the binary log holds; rows when left out. */
  readonly binlogFormat?: 'ROW' | 'STATEMENT' | 'MIXED'
}
