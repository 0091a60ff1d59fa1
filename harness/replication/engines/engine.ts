import type { ContainerMachine, Machine } from '../../substrate/index.ts'
import type { Cluster } from '../cluster.ts'

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
  /** Where its network can be worked on; the machine itself when left out. */
  readonly tools?: Machine
}

/** The account of the drills in every image: it may do everything. */
export const drillLogin = { user: 'drill', password: 'drill' } as const

export interface Login {
  readonly user: string
  readonly password: string
}

/** Where a server is, and how to speak to it. */
export interface ServerAddress {
  readonly host: string
  readonly port: number
  /** Of PostgreSQL; that of drills when left out. */
  readonly database?: string
  /** Not encrypted when left out. */
  readonly tls?: ServerTls
}

export interface ServerTls {
  /** Name or address for which the certificate must be. */
  readonly name: string
  /** Refuses a certificate that is not for that name, or that no trusted authority signed. */
  readonly verify: boolean
  /** PEM of the authorities that are trusted; those of this machine when left out. */
  readonly ca?: string
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
  /** What the container of a node is told besides. */
  readonly env?: (node: Pick<Node, 'id'>, options: ClusterOptions) => Readonly<Record<string, string>>
  /** In the place of the image's own. */
  readonly entrypoint?: readonly string[]
  /** Files that its container finds at its start, by absolute path. */
  readonly files?: Readonly<Record<string, string>>
  /** Milliseconds until it must answer, where that takes longer than with a data folder that is ready. */
  readonly startupMs?: number
  /** What is done once all nodes answer and before any replicates. */
  readonly prepare?: (cluster: Cluster) => Promise<void>
  readonly open: (at: ServerAddress, login?: Login, timeoutMs?: number) => Promise<Session>
  /** The table of the ledger. Its key counts up, as in most applications: that is what collides when histories part. */
  readonly ledgerTable: string
  /** One row of it, for three values: client, number, era; the node writes its own id beside them. */
  readonly insertRow: string
  /** Asks a server for its time: `seconds` since 1970. */
  readonly clock: string
  /** Who answers (`node`), and the newest `number` that it has of one client, for one value: the client. */
  readonly newestOf: string
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

/** Where the small disk of a node is, when it has one. */
export const smallFolder = '/small'
/** The file that moves the clock of a node, when it has one of its own. */
export const clockFile = '/run/clock'

/** A disk of one node that can be filled. */
export interface SmallDisk {
  /** Id of the node; that of the primary is 1. */
  readonly node: number
  readonly holds: 'data' | 'binary-log' | 'relay-log'
  readonly bytes: number
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
  readonly smallDisks?: readonly SmallDisk[]
  /** Ids of nodes whose clock can be moved while they run. */
  readonly ownClocks?: readonly number[]
}
