import type { UsageError } from '../../kernel/index.ts'
import type { Exchange } from '../exchange.ts'

/** An exchange that somebody kept. */
export interface RecordedExchange {
  readonly is: 'exchange'
  /** What its recorder called it, or where it stands. */
  readonly id: string
  readonly exchange: Exchange
  /** The same for all exchanges of one connection, where that was recorded. */
  readonly connection?: string
}

/** An entry that cannot be read; those after it can. */
export interface UnreadableEntry {
  readonly is: 'unreadable'
  /** What the entry calls itself, as far as that could be read. */
  readonly id: string | undefined
  /** `line 7`, `entry 3`. */
  readonly where: string
  /** Counted from 1: the line, or the entry of a HAR file. */
  readonly number: number
  /** Names the file, the place in it, what is given and what is wanted. */
  readonly error: UsageError
}

/** An entry that is no HTTP exchange: a `data:` URL, say. */
export interface ForeignEntry {
  readonly is: 'foreign'
  readonly id: string
  readonly why: string
}

export type RecordedEntry = RecordedExchange | UnreadableEntry | ForeignEntry
