import type { Entry } from './ledger/journal.ts'
import type { LedgerReport } from './ledger/compare.ts'

/** Something that lasted, in milliseconds of the drill's clock. */
export interface Phase {
  readonly what: string
  readonly from: number
  readonly to: number
}

/** What clients felt of a fault. */
export interface Felt {
  /** When the first of them was refused, or got no answer; undefined when none was. */
  readonly noticed: { readonly at: number; readonly how: 'refused' | 'unknown' } | undefined
  /** The longest time after the fault in which nobody was acknowledged a write. */
  readonly outage: Phase
}

/** @param endAt when the clients were told to stop */
export function feltOf(entries: Iterable<Entry>, faultAt: number, endAt: number): Felt {
  let noticed: Felt['noticed']
  const acknowledged: number[] = []
  for (const { fate, settledAt } of entries) {
    if (settledAt === undefined || settledAt < faultAt || settledAt > endAt) continue
    if (fate === 'acknowledged') acknowledged.push(settledAt)
    else if (fate !== 'sent' && settledAt < (noticed?.at ?? Infinity)) noticed = { at: settledAt, how: fate }
  }
  let [from, to, last] = [faultAt, faultAt, faultAt]
  for (const at of [...acknowledged.toSorted((a, b) => a - b), endAt]) {
    if (at - last > to - from) [from, to] = [last, at]
    last = at
  }
  return { noticed, outage: { what: 'write outage', from, to } }
}

/** Whether every other node has exactly the rows of the truth. */
export function allEqual({ nodes }: LedgerReport): boolean {
  return nodes.every(({ missing, extra, duplicate, changed }) =>
    [missing, extra, duplicate, changed].every((tokens) => tokens.length === 0),
  )
}
