import { setTimeout as delay } from 'node:timers/promises'

/** Time as the harness sees it, so that a test can hold it still. */
export interface Clock {
  /** Milliseconds since the epoch, for dates on the wire and in records. */
  readonly now: () => number
  /** Milliseconds from an arbitrary start, never going back, for durations. */
  readonly elapsed: () => number
  /** Resolves after `ms`; rejects with the signal's reason when aborted first. */
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  async pause(ms, signal) {
    try {
      await delay(ms, undefined, signal === undefined ? {} : { signal })
    } catch (error) {
      // Node wraps the reason in an AbortError; the reason is what the caller knows.
      throw signal?.aborted === true ? signal.reason : error
    }
  },
}

/** A clock that only moves when somebody pauses on it, or moves it by hand. */
export interface ManualClock extends Clock {
  readonly advance: (ms: number) => void
}

export function manualClock(start: number | string | Date = 0): ManualClock {
  const origin = new Date(start).getTime()
  let passed = 0
  return {
    now: () => origin + passed,
    elapsed: () => passed,
    async pause(ms, signal) {
      signal?.throwIfAborted()
      passed += ms
    },
    advance(ms) {
      passed += ms
    },
  }
}
