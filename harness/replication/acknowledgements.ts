import { waitFor } from '../kernel/index.ts'
import type { Writers } from './writers.ts'

/** Waits until so many more writes are acknowledged. @throws SeatrialError `SEATRIAL_WAIT_DEADLINE` */
export async function acknowledged(writers: Writers, more: number): Promise<void> {
  const wanted = writers.acknowledged() + more
  await waitFor(
    `${more} more acknowledged writes`,
    () => (writers.acknowledged() >= wanted ? { done: true } : { seen: `${writers.acknowledged()} of ${wanted}` }),
    { deadlineMs: 20_000, everyMs: 2 },
  )
}

/** The first write after a moment that a node other than `old` acknowledged; undefined when none came. */
export async function firstAcknowledgement(
  writers: Writers,
  after: number,
  old: string,
): Promise<{ at: number; origin: string } | undefined> {
  return waitFor(
    'the first write that the new primary acknowledges',
    () => {
      const first = writers.firstAfter(after, old)
      return first === undefined ? { seen: 'none' } : { done: first }
    },
    { deadlineMs: 12_000, everyMs: 2 },
  ).catch(() => undefined)
}
