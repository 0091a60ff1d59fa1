import type { Recorded } from './traffic.ts'

export interface InOrderOptions {
  /** Requests that are kept back, so that one which was written down later can go before them. */
  readonly most: number
  /** Bytes of them. */
  readonly mostBytes: number
  /** Told of a request that was written down so late that its turn is over; it follows at once. */
  readonly tooLate: (request: Recorded) => void
}

/** A request with the time at which it is played: milliseconds of the file. */
export interface Timed {
  readonly request: Recorded
  readonly at: number
}

interface Kept extends Timed {
  readonly bytes: number
  readonly number: number
}

/**
 * Requests in order of the times at which they came: a file has them in the order in which they were over. Those of one whole
 * second are spread over it. One without a time comes with the one before it.
 */
export async function* inOrder(requests: AsyncIterable<Recorded>, options: InOrderOptions): AsyncGenerator<Timed> {
  let second: Timed[] = []
  for await (const next of sorted(requests, options)) {
    const [first] = second
    if (first !== undefined && (first.at !== next.at || second.length >= options.most)) {
      yield* spread(second)
      second = []
    }
    second.push(next)
  }
  yield* spread(second)
}

function* spread(second: readonly Timed[]): Generator<Timed> {
  for (const [place, { request, at }] of second.entries()) {
    yield { request, at: request.grain > 1 ? at + (request.grain * place) / second.length : at }
  }
}

async function* sorted(
  requests: AsyncIterable<Recorded>,
  { most, mostBytes, tooLate }: InOrderOptions,
): AsyncGenerator<Timed> {
  const heap: Kept[] = []
  let [bytes, number, last, now] = [0, 0, 0, Number.NEGATIVE_INFINITY]
  const take = (): Timed | undefined => {
    const first = pop(heap)
    if (first === undefined) return undefined
    bytes -= first.bytes
    if (first.at < now) tooLate(first.request)
    now = Math.max(now, first.at)
    return { request: first.request, at: now }
  }
  const isFull = (): boolean => heap.length > most || (bytes > mostBytes && heap.length > 1)
  for await (const request of requests) {
    last = request.at ?? last
    const kept = { request, at: last, bytes: bytesOf(request), number: number++ }
    bytes += kept.bytes
    push(heap, kept)
    while (isFull()) {
      const first = take()
      if (first !== undefined) yield first
    }
  }
  for (let first = take(); first !== undefined; first = take()) yield first
}

/** Bytes of memory, about. */
export function bytesOf({ asked, body, answer }: Recorded): number {
  return 1_000 + asked.target.length + (body?.length ?? 0) + (typeof answer === 'string' ? 0 : answer.body.length)
}

const isBefore = (a: Kept, b: Kept): boolean => a.at < b.at || (a.at === b.at && a.number < b.number)

function push(heap: Kept[], kept: Kept): void {
  let at = heap.push(kept) - 1
  while (at > 0) {
    const above = (at - 1) >> 1
    const parent = heap[above]
    if (parent === undefined || !isBefore(kept, parent)) break
    heap[at] = parent
    at = above
  }
  heap[at] = kept
}

function pop(heap: Kept[]): Kept | undefined {
  const first = heap[0]
  const moved = heap.pop()
  if (moved === undefined || heap.length === 0) return first
  let at = 0
  for (;;) {
    let below = 2 * at + 1
    const [left, right] = [heap[below], heap[below + 1]]
    if (left === undefined) break
    if (right !== undefined && isBefore(right, left)) below++
    const child = heap[below]
    if (child === undefined || !isBefore(child, moved)) break
    heap[at] = child
    at = below
  }
  heap[at] = moved
  return first
}
