// Timers of Node hold at most this many milliseconds; longer ones fire at once.
const longestTimer = 2 ** 31 - 1

/** Why an exchange must stop: its time is over, or the caller wants it to. */
export type Stop =
  | { readonly by: 'deadline'; readonly ms: number }
  | { readonly by: 'caller'; readonly reason: unknown }

/** One deadline over all that an exchange waits for, with the caller's signal beside it. */
export class Deadline implements Disposable {
  readonly #listeners = new Set<() => void>()
  readonly #signal: AbortSignal | undefined
  readonly #timer: NodeJS.Timeout
  readonly #onAbort = (): void => this.#stop({ by: 'caller', reason: this.#signal?.reason })
  #stopped: Stop | undefined

  constructor(ms: number, signal?: AbortSignal) {
    this.#signal = signal
    this.#timer = setTimeout(() => this.#stop({ by: 'deadline', ms }), Math.min(ms, longestTimer))
    if (signal?.aborted === true) this.#onAbort()
    else signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  get stopped(): Stop | undefined {
    return this.#stopped
  }

  /** Calls once, at once if it has stopped already; returns the way to call it off. */
  onStop(listener: () => void): () => void {
    if (this.#stopped !== undefined) listener()
    else this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** @throws the reason of the caller's signal, when that is what stopped it */
  throwIfAborted(): void {
    if (this.#stopped?.by === 'caller') throw this.#stopped.reason
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#listeners.clear()
  }

  #stop(why: Stop): void {
    if (this.#stopped !== undefined) return
    this.#stopped = why
    for (const listener of this.#listeners) listener()
    this.#listeners.clear()
  }
}
