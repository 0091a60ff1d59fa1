import type { Deadline } from './deadline.ts'

/** Waiting for something that events bring about. */
export class Waiting {
  readonly #looks = new Set<() => void>()

  /** Something has changed: everyone who waits looks again. */
  tell(): void {
    for (const look of this.#looks) look()
  }

  /** Resolves when `done` says so, the deadline stops everything, or `ms` have passed. */
  until(done: () => boolean, deadline: Deadline, ms?: number): Promise<void> {
    return new Promise((resolve) => {
      let forget = (): void => {}
      const settle = (): void => {
        clearTimeout(timer)
        this.#looks.delete(look)
        forget()
        resolve()
      }
      const look = (): void => {
        if (done()) settle()
      }
      const timer = ms === undefined ? undefined : setTimeout(settle, ms)
      this.#looks.add(look)
      forget = deadline.onStop(settle)
      look()
    })
  }
}
