import type { Answer, RawFields } from '../exchange.ts'
import type { Store } from './store.ts'

/** What one server answered, or why nobody can compare it. */
export type SideEnd =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** The answer goes on past what is kept; it has what came until then. */
  | { readonly kind: 'too large'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'timed out' }
  | { readonly kind: 'store full' }

/** Whether more of an answer is read: it is, it is later, or nobody needs it. */
export type Ahead = 'on' | 'wait' | 'stop'

/** Bytes that an answer may have beyond twice those of the one that it is compared with. */
const spareBytes = 65_536

/** Whether content of so many bytes is another one than content of so many others, however it goes on. */
export function isFarPast(bytes: number, other: number): boolean {
  return bytes > 2 * other + spareBytes
}

/** One server's answer while it comes in. */
export interface Side {
  readonly start: (status: number, message: string, fields: RawFields) => void
  readonly data: (chunk: Uint8Array, ms: number) => Ahead
  readonly end: (trailers: RawFields, ms: number) => void
  /** It ends otherwise; what ended already stays as it is. */
  readonly stop: (how: SideEnd) => void
  readonly ended: () => SideEnd | undefined
}

/**
 * @param store where the content is kept
 * @param ahead what becomes of an answer of which so many bytes came
 */
export function openSide(store: Store, done: () => void, ahead: (size: number) => Ahead = () => 'on'): Side {
  let head: { readonly status: number; readonly message: string; readonly fields: RawFields } | undefined
  let ended: SideEnd | undefined
  const stop = (how: SideEnd): void => {
    if (ended !== undefined) return
    ended = how
    done()
  }
  const answer = (trailers: RawFields, ms: number): Answer => ({
    ...(head ?? { status: 0, message: '', fields: [] }),
    body: store.whole(),
    trailers,
    ms,
  })
  return {
    start(status, message, fields) {
      head = { status, message, fields }
    },
    data(chunk, ms) {
      if (ended !== undefined) return 'stop'
      const kept = store.keep(chunk)
      const next = kept === 'kept' ? ahead(store.size()) : 'stop'
      if (next !== 'stop') return next
      stop(kept === 'store full' ? { kind: kept } : { kind: 'too large', answer: answer([], ms) })
      return 'stop'
    },
    end: (trailers, ms) => stop({ kind: 'answer', answer: answer(trailers, ms) }),
    stop,
    ended: () => ended,
  }
}
