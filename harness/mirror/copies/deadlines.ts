import type { Clock } from '../../kernel/index.ts'

/** Something that has to end in time. */
export interface Due {
  readonly expire: () => void
}

/** One deadline for all, and one timer: a timer for each copy would cost more than its comparison. */
export interface Deadlines {
  /** Its time begins, or begins anew. */
  readonly start: (due: Due) => void
  /** Its time stands still. */
  readonly stop: (due: Due) => void
  readonly close: () => void
}

/** Milliseconds between two looks for what is late. */
const sweepMs = 50

/** @param ms that each has */
export function openDeadlines(ms: number, clock: Clock): Deadlines {
  // In the order in which their time began, which is the order in which it ends.
  const since = new Map<Due, number>()
  const sweep = setInterval(() => {
    const late = clock.elapsed() - ms
    for (const [due, began] of since) {
      if (began > late) break
      since.delete(due)
      due.expire()
    }
  }, sweepMs)
  sweep.unref()
  return {
    start(due) {
      since.delete(due)
      since.set(due, clock.elapsed())
    },
    stop: (due) => void since.delete(due),
    close: () => clearInterval(sweep),
  }
}
