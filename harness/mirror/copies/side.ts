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

/** One server's answer while it comes in. */
export interface Side {
  readonly start: (status: number, message: string, fields: RawFields) => void
  /** False once no more is kept. */
  readonly data: (chunk: Uint8Array, ms: number) => boolean
  readonly end: (trailers: RawFields, ms: number) => void
  /** It ends otherwise; what ended already stays as it is. */
  readonly stop: (how: SideEnd) => void
  readonly ended: () => SideEnd | undefined
}

/**
 * @param store where the content is kept
 * @param enough bytes after which no more of it need be seen
 */
export function openSide(store: Store, done: () => void, enough: () => number = () => Number.POSITIVE_INFINITY): Side {
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
      if (ended !== undefined) return false
      const kept = store.size() > enough() ? 'too large' : store.keep(chunk)
      if (kept === 'kept') return true
      stop(kept === 'store full' ? { kind: kept } : { kind: kept, answer: answer([], ms) })
      return false
    },
    end: (trailers, ms) => stop({ kind: 'answer', answer: answer(trailers, ms) }),
    stop,
    ended: () => ended,
  }
}
