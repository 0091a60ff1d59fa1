import type { Clock } from '../../kernel/index.ts'

/** Keeps copies back from a candidate that is unwell: each would cost a connection, and tell what is known already. */
export interface Breaker {
  /** Whether one more copy may be sent now. */
  readonly admits: () => boolean
  /** Told of every copy, whether its answer came whole. */
  readonly ended: (well: boolean) => void
}

/** Milliseconds between two copies that are sent all the same, to see whether it is well again. */
const probeEveryMs = 100

/** @param patience copies in a row that may go without a whole answer; the first whole one ends it */
export function openBreaker(patience: number, clock: Clock): Breaker {
  let [inARow, probedAt] = [0, Number.NEGATIVE_INFINITY]
  return {
    admits() {
      if (inARow < patience) return true
      const now = clock.elapsed()
      if (now - probedAt < probeEveryMs) return false
      probedAt = now
      return true
    },
    ended(well) {
      inARow = well ? 0 : inARow + 1
    },
  }
}
