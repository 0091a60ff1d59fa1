import { SeatrialError, waitFor } from '../../kernel/index.ts'
import type { Bench } from './open-bench.ts'
import type { Visit } from './visitor.ts'
import { settled } from './settled.ts'

const deadlineMs = 15_000
/** Most balancers have taken a server out by then, and some never do. */
const usualMs = 3_000

/**
 * Waits until the balancer has taken these servers out. One without counters shows it only in its answers, and nothing is
 * waited for.
 *
 * @throws SeatrialError `SEATRIAL_WAIT_DEADLINE` (unsettled: timeout)
 */
export async function untilOut(bench: Bench, ids: readonly string[]): Promise<void> {
  if (bench.kind.counters === undefined) return
  await waitFor(
    `${bench.kind.title} to take ${ids.join(', ')} out`,
    async () => {
      const { down } = await bench.counters()
      return ids.every((id) => down.includes(id)) ? { done: true } : { seen: `out: ${down.join(', ') || 'none'}` }
    },
    { deadlineMs, signal: bench.signal, mend: 'Let it ask its servers whether they are well, and often enough.' },
  )
}

/** Gives the balancer time to take these servers out, where its counters tell; nothing is said of one that does not. */
export async function mayBeOut(bench: Bench, ids: readonly string[]): Promise<void> {
  if (bench.kind.counters === undefined) return
  const isOut = async (): Promise<boolean> => {
    const { down } = await bench.counters()
    return ids.every((id) => down.includes(id))
  }
  await settled(isOut, (out) => out, { withinMs: usualMs, bench })
}

/**
 * Waits until the balancer asks a server again that was out. One without counters shows it in the answers to this visit, which
 * leads to that server on a usual day.
 *
 * @throws SeatrialError `SEATRIAL_WAIT_DEADLINE` (unsettled: timeout)
 */
export async function untilBack(bench: Bench, id: string, visit: Visit = {}): Promise<void> {
  await waitFor(
    `${bench.kind.title} to take ${id} back`,
    async () => {
      if (bench.kind.counters !== undefined) {
        const { down } = await bench.counters()
        return down.includes(id) ? { seen: `out: ${down.join(', ')}` } : { done: true }
      }
      using one = bench.visitor()
      const { server = 'none' } = await one.ask(visit)
      return server === id ? { done: true } : { seen: `an answer of ${server}` }
    },
    { deadlineMs, signal: bench.signal, mend: 'Let it ask again servers that were down.' },
  )
}

/**
 * Looks at something in the course of which the balancer should take a server out so many times, and not once more: what a
 * health check that flaps does to the answers is nothing that was asked.
 *
 * @throws SeatrialError `SEATRIAL_HEALTH_FLAPPED` (unsettled: prerequisite)
 */
export async function withOutages<T>(
  bench: Pick<Bench, 'kind' | 'counters'>,
  wanted: number,
  look: () => Promise<T>,
): Promise<T> {
  if (bench.kind.counters === undefined) return look()
  const before = (await bench.counters()).outages
  const seen = await look()
  const outages = (await bench.counters()).outages - before
  if (outages === wanted) return seen
  throw new SeatrialError(
    'SEATRIAL_HEALTH_FLAPPED',
    `the balancer took servers out ${outages} times in the meantime, and ${wanted} were meant to go`,
    { mend: 'Give health checks more time, or the machine less to do, and look again.', because: 'prerequisite' },
  )
}
