import type { Socket } from 'node:net'
import type { Client } from './client.ts'

/** Where a request came from. */
export interface From {
  readonly address: string
  /** The same thing for all requests of one connection. */
  readonly connection: object
}

export interface ProtocolOptions {
  readonly take: (client: Client, from: From) => void
  /** Told of each request that nobody may copy: its connection became something else, or was to become a tunnel. */
  readonly uncopied: () => void
  /** Bytes of a request's head. */
  readonly maxHeaderSize: number
}

/** A version of HTTP, on connections that somebody else accepted. */
export interface Protocol {
  readonly take: (socket: Socket) => void
  /** Connections end with the requests that are under way on them. */
  readonly close: () => void
  /** Ends all at once. */
  readonly destroy: () => void
}

/** Why CONNECT is refused. */
export const noTunnel = 'CONNECT asks for a tunnel, and a reverse proxy has none'
