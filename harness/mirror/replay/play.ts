import type { Clock } from '../../kernel/index.ts'
import type { Timed } from './in-order.ts'
import { bytesOf } from './in-order.ts'
import type { Recorded } from './traffic.ts'
import type { Lateness } from './lateness.ts'
import { openLateness } from './lateness.ts'

export interface PlayOptions {
  /** How much faster than it was: 1 keeps all pauses, infinity keeps none. */
  readonly speed: number
  /** Requests under way at once. */
  readonly inFlight: number
  /** What is the same for requests that keep their order; undefined for one that waits for nobody. */
  readonly laneOf: (request: Recorded) => string | undefined
  /** Sends one; resolves once everybody has answered, or will not. */
  readonly send: (request: Recorded) => Promise<void>
  /** Told of each request that was not sent, because it ended before. */
  readonly left: (request: Recorded) => void
  readonly clock: Clock
  /** Ends it: what is under way ends, and nothing more is sent. */
  readonly signal: AbortSignal
}

export interface Played {
  readonly sent: number
  /** Those that waited for an earlier answer of their connection, as they did when they were recorded, past their time. */
  readonly heldBack: number
  readonly late: Lateness
}

/** An earlier request of a lane: when it was over, in milliseconds of the file, and its end now. */
interface Earlier {
  readonly endsAt: number
  readonly over: Promise<void>
}

/** Requests that wait for their turn, so that memory is bounded however slow the servers are, and bytes of them. */
const [mostWaiting, mostHeld] = [10_000, 64 * 2 ** 20]
/** Milliseconds by which two times of a file may be wrong. */
const slack = 1

/**
 * Plays requests with the pauses that lay between them. One waits for those of its lane that were over before it came, and for no
 * other: what ran side by side does so again.
 */
export async function play(requests: AsyncIterable<Timed>, options: PlayOptions): Promise<Played> {
  const { speed, inFlight, laneOf, send, left, clock, signal } = options
  const lanes = new Map<string, Set<Earlier>>()
  const running = new Set<Promise<void>>()
  const late = openLateness()
  const slots = openSlots(inFlight)
  let [sent, heldBack, held] = [0, 0, 0]
  let room: (() => void) | undefined

  const one = async (request: Recorded, due: number, before: readonly Promise<void>[]): Promise<void> => {
    if (before.length > 0) await Promise.all(before)
    const ready = Math.max(due, clock.elapsed())
    if (before.length > 0 && ready > due) heldBack++
    await slots.take()
    try {
      if (signal.aborted) {
        left(request)
        return
      }
      sent++
      late.add(speed === Number.POSITIVE_INFINITY ? 0 : clock.elapsed() - (before.length > 0 ? ready : due))
      await send(request)
    } finally {
      slots.give()
    }
  }
  const launch = ({ request, at }: Timed, due: number): void => {
    const lane = laneOf(request)
    const earlier = lane === undefined ? undefined : (lanes.get(lane) ?? new Set())
    const before = [...(earlier ?? [])].filter(({ endsAt }) => endsAt <= at + slack).map(({ over }) => over)
    held += bytesOf(request)
    const over = one(request, due, before).finally(() => {
      held -= bytesOf(request)
      running.delete(over)
      if (earlier !== undefined && lane !== undefined) {
        earlier.delete(entry)
        if (earlier.size === 0 && lanes.get(lane) === earlier) lanes.delete(lane)
      }
      room?.()
    })
    // What nobody knows the end of was over when the next one came.
    const entry: Earlier = { endsAt: request.ms === undefined ? Number.NEGATIVE_INFINITY : at + request.ms, over }
    running.add(over)
    if (earlier !== undefined && lane !== undefined) lanes.set(lane, earlier.add(entry))
  }

  const isFull = (): boolean => running.size >= mostWaiting || held >= mostHeld
  let start: { readonly at: number; readonly elapsed: number } | undefined
  for await (const next of requests) {
    start ??= { at: next.at, elapsed: clock.elapsed() }
    const due = start.elapsed + (next.at - start.at) / speed
    const pause = due - clock.elapsed()
    if (pause > 0) await clock.pause(pause, signal).catch(() => undefined)
    while (isFull()) await new Promise<void>((resolve) => (room = resolve))
    if (signal.aborted) {
      left(next.request)
      break
    }
    launch(next, due)
  }
  await Promise.all(running)
  return { sent, heldBack, late: late.seen() }
}

/** So many at once, in the order in which they asked. */
function openSlots(count: number): { readonly take: () => Promise<void> | undefined; readonly give: () => void } {
  let free = count
  const queue: (() => void)[] = []
  return {
    take() {
      if (free > 0) {
        free--
        return undefined
      }
      return new Promise((resolve) => queue.push(resolve))
    },
    give() {
      const next = queue.shift()
      if (next === undefined) free++
      else next()
    },
  }
}
