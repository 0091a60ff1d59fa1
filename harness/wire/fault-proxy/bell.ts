/** Wakes one sleeper. A ring while nobody sleeps is kept for the next one. */
export class Bell {
  #rung = false
  #wake: (() => void) | undefined

  ring(): void {
    this.#rung = true
    this.#wake?.()
  }

  /** Resolves when rung, or after `ms`; `Infinity` waits for a ring alone. */
  async within(ms: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        // Past this a timer of Node's fires at once.
        const timer = ms < 2 ** 31 ? setTimeout(resolve, Math.max(0, ms)) : undefined
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      this.#wake = undefined
    }
    this.#rung = false
  }
}
