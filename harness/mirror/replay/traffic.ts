import type { Unplayed } from '../copies/ledger.ts'
import type { Answer, Asked } from '../exchange.ts'

/** A request out of a file, and what the file tells of its answer. */
export interface Recorded {
  readonly is: 'request'
  /** Its place in the file: `line 17`. */
  readonly where: string
  readonly asked: Asked
  readonly body: Uint8Array | undefined
  /** Milliseconds from whatever time the file counts from; undefined where it tells none. */
  readonly at: number | undefined
  /** Milliseconds within which it came: 1000 where a file has whole seconds only. */
  readonly grain: number
  /** Milliseconds until its answer was whole, where that is known. */
  readonly ms: number | undefined
  /** What is the same for all requests of one connection, where that is known. */
  readonly connection: string | undefined
  /** Of the client, where that is known. */
  readonly address: string | undefined
  /** What the primary answered, or why nobody can compare with it. */
  readonly answer: Answer | Unplayed
  /** Why it cannot be played. */
  readonly unplayable?: Unplayed
  /** Some of its fields were secret, and are left out. */
  readonly isStripped?: boolean
}

/** A part of a file that cannot be read; what follows can. */
export interface Unread {
  readonly is: 'unread'
  readonly where: string
  readonly why: string
}

export type Entry = Recorded | Unread

/** What a person says of a file. */
export interface Given {
  /** What messages call it. */
  readonly name: string
  /** The format of an access log, as the server's own configuration has it. */
  readonly logFormat?: string
  /** The one host whose requests are played, where a file has several; that of the first request unless said. */
  readonly host?: string
}

/** A way to read files of one format: one file in `readers/`, found by its folder. */
export interface TrafficReader {
  readonly id: string
  /** What people call the format. */
  readonly title: string
  /** Whether a file that begins like this (Latin-1, the first kilobytes) has this format, as far as that can be seen. */
  readonly takes: (start: string, given: Given) => boolean
  /** What such files never hold, so that it is not tried: ends the sentence "It holds no ...". */
  readonly lacks: readonly string[]
  /**
   * Reads with bounded memory, whatever the file holds.
   *
   * @throws UsageError for a file of which nothing can be read
   */
  readonly read: (source: AsyncIterable<Uint8Array>, given: Given, start: string) => AsyncIterable<Entry>
}

export function isTrafficReader(value: unknown): value is TrafficReader {
  return typeof value === 'object' && value !== null && 'takes' in value && 'lacks' in value && 'read' in value
}
