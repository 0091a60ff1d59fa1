import { Growing } from './growing.ts'

const LF = 10
const CR = 13

/**
 * Collects lines up to and including the first empty one: a head, or a trailer section. Takes
 * the same bytes whatever packets they come in.
 */
export class LineBlock {
  readonly #kept = new Growing()
  readonly #limit: number
  // Of the line that is being read: nothing yet, one CR, or anything else.
  #line: 'empty' | 'cr' | 'text' = 'empty'
  #state: 'open' | 'whole' | 'too-large' = 'open'

  constructor(limitBytes: number) {
    this.#limit = limitBytes
  }

  get state(): 'open' | 'whole' | 'too-large' {
    return this.#state
  }

  /** What has been kept so far: at most the limit. */
  get bytes(): Uint8Array {
    return this.#kept.bytes()
  }

  /** Takes from `from` on, and returns the index of the first byte not taken. */
  take(bytes: Uint8Array, from: number): number {
    let at = from
    while (at < bytes.length && this.#state === 'open') {
      const found = bytes.indexOf(LF, at)
      const end = found < 0 ? bytes.length : found
      const room = this.#limit - this.#kept.length
      const next = found < 0 ? end : end + 1
      if (next - at > room) {
        this.#kept.push(bytes.subarray(at, at + room))
        this.#state = 'too-large'
        return at + room
      }
      this.#note(bytes, at, end)
      this.#kept.push(bytes.subarray(at, next))
      if (found >= 0) {
        if (this.#line !== 'text') this.#state = 'whole'
        this.#line = 'empty'
      }
      at = next
    }
    return at
  }

  #note(bytes: Uint8Array, from: number, to: number): void {
    if (to === from) return
    this.#line = this.#line === 'empty' && to - from === 1 && bytes[from] === CR ? 'cr' : 'text'
  }
}
