const firstCapacity = 4096

/**
 * Bytes that arrive in pieces, kept in one block. A list of pieces would cost a hundred bytes
 * for each one-byte packet of a slow server; this costs at most twice what it holds.
 */
export class Growing {
  #block = new Uint8Array()
  #length = 0

  get length(): number {
    return this.#length
  }

  push(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length
    if (needed > this.#block.length) {
      const larger = new Uint8Array(Math.max(needed, this.#block.length * 2, firstCapacity))
      larger.set(this.bytes())
      this.#block = larger
    }
    this.#block.set(bytes, this.#length)
    this.#length = needed
  }

  /** Forgets the bytes, keeps the room. */
  clear(): void {
    this.#length = 0
  }

  /** A view, valid until the next push. */
  bytes(): Uint8Array {
    return this.#block.subarray(0, this.#length)
  }

  /** A copy of its own that holds no spare capacity. */
  taken(): Uint8Array {
    return this.#block.slice(0, this.#length)
  }
}
