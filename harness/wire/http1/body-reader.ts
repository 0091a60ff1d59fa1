import type { FieldLine } from '../fields.ts'
import type { Content } from './content.ts'
import type { Framing } from './framing.ts'

/** Reads the content of one message, in one of the ways of RFC 9112 section 6.3. */
export interface BodyReader {
  /** Takes from `from` on, and returns the index of the first byte not taken. */
  readonly take: (bytes: Uint8Array, from: number) => number
  /** The message has ended as its framing says. */
  readonly whole: boolean
  /** Ends the body where the connection ends; true when that makes it whole. */
  readonly end: () => boolean
  /** The rest cannot be read: the framing itself is broken. */
  readonly broken: { readonly kind: 'protocol' | 'head-too-large'; readonly message: string } | undefined
  readonly trailers: readonly FieldLine[]
  /** What had been promised, for people; undefined when nothing was. */
  readonly promised: string | undefined
}

/** No content, content of a known length, or everything up to the end of the connection. */
export function plainBody(framing: Exclude<Framing, { kind: 'chunked' }>, content: Content): BodyReader {
  const length = framing.kind === 'content-length' ? framing.length : framing.kind === 'none' ? 0 : Infinity
  return {
    take: (bytes, from) => content.take(bytes, from, Math.min(bytes.length, from + length - content.count)),
    get whole() {
      return content.count >= length
    },
    end: () => framing.kind === 'close' || content.count >= length,
    broken: undefined,
    trailers: [],
    promised: framing.kind === 'content-length' ? `${length} bytes` : undefined,
  }
}
