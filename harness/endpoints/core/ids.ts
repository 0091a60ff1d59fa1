import { createHash } from 'node:crypto'

/**
 * Identifiers that look random and are the same at every run: the n-th of a name depends on the seed, the name and n
 * alone, not on what else was made in between.
 */
export class Ids {
  readonly #seed: string
  readonly #drawn = new Map<string, number>()

  constructor(seed: string | number) {
    this.#seed = String(seed)
  }

  /** 1, 2, 3, ... for each name. */
  count(name: string): number {
    const count = (this.#drawn.get(name) ?? 0) + 1
    this.#drawn.set(name, count)
    return count
  }

  /** So many hex digits, at most 64. */
  hex(name: string, digits: number): string {
    const count = this.count(name)
    return createHash('sha256').update(`${this.#seed}/${name}/${count}`).digest('hex').slice(0, digits)
  }

  /** A whole number from 0 up to `below`, which is at most 2 ** 48. */
  integer(name: string, below: number): number {
    return Number.parseInt(this.hex(name, 12), 16) % below
  }

  /** RFC 9562 version 4 in shape. */
  uuid(name: string): string {
    const hex = this.hex(name, 32)
    const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `${variant}${hex.slice(17, 20)}`,
      hex.slice(20),
    ].join('-')
  }
}
