import type { Readable } from 'node:stream'
import type { Asked, RawFields } from '../exchange.ts'

/** The first line of an answer and its fields. */
export interface Head {
  readonly status: number
  /** Its reason phrase, as Latin-1; HTTP/2 has none. */
  readonly message: string
  readonly fields: RawFields
}

/** One request of a client, and the way back to it: the same for each version of HTTP. */
export interface Client {
  readonly asked: Asked
  /** The request's content; nothing of it is read before somebody listens. Undefined for a request without any. */
  readonly content: Readable | undefined
  /** Whether the request came in whole. */
  readonly isWhole: () => boolean
  /** Calls back when the client has all or is gone, whichever is first. */
  readonly closed: (then: () => void) => void
  readonly interim: (head: Head) => void
  /** @param trailers whether some may follow the content */
  readonly start: (head: Head, trailers: boolean) => void
  /** False while the client takes no more; then it calls back once when it does. */
  readonly data: (chunk: Buffer, again: () => void) => boolean
  /** The end, with the last of the content. */
  readonly end: (chunk: Buffer | undefined, trailers: RawFields) => void
  /** Lets the client see that there is no whole answer and will be none. */
  readonly cut: () => void
}

/** Names and values, two by two. */
export function pairsOf(fields: RawFields): [string, string][] {
  return Array.from({ length: fields.length / 2 }, (_, at) => [fields[2 * at] ?? '', fields[2 * at + 1] ?? ''])
}

/** An answer of the mirror itself, in words. */
export function answerFor(client: Pick<Client, 'start' | 'end'>, status: number, why: string): void {
  const text = Buffer.from(`seatrial mirror: ${why}\n`)
  const fields = ['content-type', 'text/plain; charset=utf-8', 'content-length', String(text.length)]
  client.start({ status, message: status === 501 ? 'Not Implemented' : 'Bad Gateway', fields }, false)
  client.end(text, [])
}
