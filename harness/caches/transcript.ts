import type { RuleId, Unsettled } from '../kernel/index.ts'

export type Pairs = readonly (readonly [name: string, value: string])[]

/** What the client got for one request of a case. */
export interface Heard {
  readonly status: number
  readonly fields: Pairs
  readonly trailers: Pairs
  /** Latin-1 text. */
  readonly body: string
  readonly interim: readonly number[]
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** One request as the origin saw it, and what it answered. */
export interface OriginSaw {
  /** Counts the origin's answers of this case from 1. */
  readonly serial: number
  /** Which request of the client this was made for, from 1. */
  readonly request: number
  readonly method: string
  readonly target: string
  readonly fields: Pairs
  readonly at: number
  readonly answer: { readonly status: number; readonly fields: Pairs }
}

/** All that happened in one case, as plain data. */
export interface Transcript {
  readonly case: RuleId
  /** Name of the case on the wire; content that the origin made up names it. */
  readonly token: string
  /** When it began: what `{start}` stands for. Milliseconds since the epoch. */
  readonly start: number
  /** In the order of the requests; a text tells why nothing was heard. */
  readonly heard: readonly (Heard | string)[]
  readonly origin: readonly OriginSaw[]
  /** Why the case could not be played to its end. */
  readonly unsettled?: Unsettled
}

/** The text that the origin makes up for an answer without a scripted body. */
export function ownContent(token: string, serial: number): string {
  return `seatrial ${token} ${serial}\n`
}
