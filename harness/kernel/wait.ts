import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'
import { messageOf, SeatrialError } from './errors.ts'

export interface WaitOptions {
  /** Milliseconds until the wait gives up. */
  readonly deadlineMs: number
  /** Milliseconds between two looks. */
  readonly everyMs?: number
  readonly clock?: Clock
  readonly signal?: AbortSignal
  /** What to tell the reader to do when the deadline passes. */
  readonly mend?: string
}

/** One look: `done` with the value, or what was seen instead. */
export type Look<T> = { readonly done: T } | { readonly seen: string }

/**
 * Waits for a named condition, and says what it last saw when it gives up. A look that
 * throws counts as "not yet", and its message is what was last seen.
 *
 * @throws SeatrialError `SEATRIAL_WAIT_DEADLINE` (unsettled: timeout) past the deadline, even
 *   when a look itself never returns
 */
export async function waitFor<T>(
  name: string,
  look: (signal: AbortSignal) => Promise<Look<T>> | Look<T>,
  options: WaitOptions,
): Promise<T> {
  const { deadlineMs, everyMs = 25, clock = systemClock, signal, mend } = options
  const start = clock.elapsed()
  let seen = 'nothing yet'
  const giveUp = (cause?: unknown): SeatrialError =>
    new SeatrialError(
      'SEATRIAL_WAIT_DEADLINE',
      `waited ${Math.round(clock.elapsed() - start)} ms for ${name}; last saw: ${seen}`,
      { mend: mend ?? `Find out why "${name}" does not come true, or give it more time.`, because: 'timeout', cause },
    )
  for (;;) {
    signal?.throwIfAborted()
    const left = deadlineMs - (clock.elapsed() - start)
    if (left <= 0) throw giveUp()
    const looked = await lookWithin(look, left, clock, signal, giveUp)
    if ('done' in looked) return looked.done
    seen = looked.seen
    await clock.pause(Math.max(0, Math.min(everyMs, deadlineMs - (clock.elapsed() - start))), signal)
  }
}

async function lookWithin<T>(
  look: (signal: AbortSignal) => Promise<Look<T>> | Look<T>,
  ms: number,
  clock: Clock,
  signal: AbortSignal | undefined,
  giveUp: () => SeatrialError,
): Promise<Look<T>> {
  const over = new AbortController()
  const stop = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal])
  const answer = (async (): Promise<Look<T>> => {
    try {
      return await look(stop)
    } catch (error) {
      return { seen: messageOf(error) }
    }
  })()
  // A manual clock passes time only through its own looks, so only a real one can race.
  if (clock !== systemClock) return answer
  const late = clock.pause(ms, stop).then(() => {
    throw giveUp()
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    late.catch(() => {})
    over.abort()
  }
}
