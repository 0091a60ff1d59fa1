import type { EndpointClock, Transition } from '../core/index.ts'

/** Something that will be there when its time on the clock has come. */
export class Appearance {
  readonly #clock: EndpointClock
  readonly #transition: Transition
  #at: number | undefined

  constructor(clock: EndpointClock, afterMs: number) {
    this.#clock = clock
    this.#transition = clock.begin(afterMs)
  }

  /** When it appeared, in milliseconds since the epoch; undefined while it has not. */
  at(): number | undefined {
    if (this.#at !== undefined) return this.#at
    if (!this.#clock.isOver(this.#transition)) return undefined
    // Clocks that do not wait are past it before its time.
    this.#at = Math.min(this.#clock.now(), this.#transition.begunMs + this.#transition.durationMs)
    return this.#at
  }
}
