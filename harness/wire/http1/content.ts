import { Growing } from './growing.ts'

/** The content of one response: its first bytes, and how many there were. */
export class Content {
  readonly #kept = new Growing()
  readonly #limit: number
  #count = 0

  constructor(limitBytes: number) {
    this.#limit = limitBytes
  }

  /**
   * Takes content from `from` up to `to`, and returns the index of the first byte not taken. Past the
   * limit it takes one byte more, which proves that there was more, and then nothing.
   */
  take(bytes: Uint8Array, from: number, to = bytes.length): number {
    const room = this.#limit + 1 - this.#count
    const end = Math.min(to, from + room)
    this.#count += end - from
    const keep = Math.min(end, from + this.#limit - this.#kept.length)
    if (keep > from) this.#kept.push(bytes.subarray(from, keep))
    return end
  }

  /** Bytes of content that came, as far as it was read. */
  get count(): number {
    return this.#count
  }

  get cutOff(): boolean {
    return this.#count > this.#limit
  }

  kept(): Uint8Array {
    return this.#kept.taken()
  }
}
