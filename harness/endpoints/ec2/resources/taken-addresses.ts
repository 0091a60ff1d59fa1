/** The IPv4 addresses of a subnet that are in use, as numbers. */
export class TakenAddresses {
  readonly #numbers = new Set<number>()
  /** Below this none of the subnet is free: thousands of launches must not each look from its first address on. */
  #next = 0

  get size(): number {
    return this.#numbers.size
  }

  has(number: number): boolean {
    return this.#numbers.has(number)
  }

  add(number: number): void {
    this.#numbers.add(number)
  }

  delete(number: number): void {
    this.#numbers.delete(number)
    this.#next = Math.min(this.#next, number)
  }

  /** Takes the first that is free; undefined when all are in use. The range is the same at every call. */
  takeNext(lowest: number, highest: number): number | undefined {
    for (let number = Math.max(lowest, this.#next); number <= highest; number++) {
      if (this.#numbers.has(number)) continue
      this.#numbers.add(number)
      this.#next = number + 1
      return number
    }
    return undefined
  }
}
