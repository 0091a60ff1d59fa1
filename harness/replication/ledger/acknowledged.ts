import type { Entry, Journal } from './journal.ts'
import type { Token } from './token.ts'
import { tokenOf } from './token.ts'

/** What one client was told, in the order of its writes. */
export interface Acknowledged {
  /** The newest that was acknowledged so far. */
  readonly last: () => number
  /** Acknowledged ones after the newest that was seen on a node, up to a moment; for that node each is given once. */
  readonly missed: (
    node: string,
    seen: number,
    until: number,
  ) => { readonly write: Token; readonly settledAt: number }[]
}

/** @param client whose book is looked at, while it is written */
export function acknowledgedOf(client: number, { entries }: Pick<Journal, 'entries'>): Acknowledged {
  let [looked, newest] = [0, 0]
  const told = new Map<string, number>()
  const at = (number: number): Entry | undefined => entries.get(tokenOf(client, number))
  return {
    last() {
      for (let entry = at(looked + 1); entry !== undefined && entry.fate !== 'sent'; entry = at(looked + 1)) {
        looked++
        if (entry.fate === 'acknowledged') newest = looked
      }
      return newest
    },
    missed(node, seen, until) {
      const missed: { write: Token; settledAt: number }[] = []
      for (let each = Math.max(seen, told.get(node) ?? 0) + 1; each <= newest; each++) {
        const { fate, settledAt = Number.POSITIVE_INFINITY } = at(each) ?? {}
        if (fate !== 'acknowledged') continue
        if (settledAt >= until) break
        told.set(node, each)
        missed.push({ write: tokenOf(client, each), settledAt })
      }
      return missed
    },
  }
}
