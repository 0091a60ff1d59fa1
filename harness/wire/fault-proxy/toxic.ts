import type { Clock, Random } from '../../kernel/index.ts'

/** `up`: from who connects to the server. `down`: from the server back. */
export type Direction = 'up' | 'down' | 'both'

/** How a connection is ended on both its sides: in order (FIN), or broken (RST). */
export type Ending = 'close' | 'reset'

/** What waits in a flow: bytes, or the word that its source has said all. */
export interface Piece {
  /** `clock.elapsed()` when it came. */
  readonly arrivedAt: number
}

/** One direction of one connection, as a toxic meets it. */
export interface Flow {
  readonly clock: Clock
  /** Seeded by the proxy, the connection and the direction. */
  readonly random: Random
  /** Ends the whole connection. What was sent on before this has left the proxy. */
  readonly end: (how: Ending) => void
}

/**
 * What a toxic does to one flow while it is in effect. All hooks are optional, and those of
 * several toxics add up: lags are summed, the latest gate counts, the smallest write is made.
 */
export interface Effect {
  /** Milliseconds that a piece takes longer; the same at every call for one piece. */
  readonly lag?: (piece: Piece) => number
  /**
   * The moment (`clock.elapsed()`) before which these bytes may not go on, given the one when
   * they otherwise would; `Infinity` holds them until the toxic is undone. The end of a flow is
   * asked about as 0 bytes.
   */
  readonly gate?: (bytes: number, due: number) => number
  /** Most bytes of the next write, at least 1. */
  readonly most?: () => number
  /** These bytes were just handed to the network. */
  readonly sent?: (bytes: number) => void
  /** The toxic is undone, or the connection is gone. */
  readonly stop?: () => void
}

/** One way in which a network misbehaves. `onFlow` is called once for each flow that it meets. */
export interface Toxic {
  /** For people and records: `delays up and down by 100 ms`. */
  readonly description: string
  readonly direction: Direction
  readonly onFlow: (flow: Flow) => Effect
}

/** What every toxic can be told. */
export interface ToxicOptions {
  /** `both` unless said. */
  readonly direction?: Direction
}

/** For descriptions: `up`, `down`, `up and down`. */
export function wayOf(direction: Direction): string {
  return direction === 'both' ? 'up and down' : direction
}
