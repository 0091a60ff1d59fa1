import type { Dropped } from './copy.ts'

/** What became of a request of the primary, as far as the candidate is concerned. */
export type Fate =
  | 'compared equal'
  | 'compared different'
  | 'candidate failed'
  | 'candidate timed out'
  | 'not sampled'
  | 'not allowed'
  | `dropped: ${Dropped}`
  | `not played: ${Unplayed}`

/** Why a request that stands in a file was not played, or its answer not compared. */
export type Unplayed =
  | 'content was not kept'
  | 'secrets were hidden'
  | 'no whole answer was recorded'
  | 'for another host'
  | 'a WebSocket'
  | 'replay ended'

/** Counts of requests by fate. Each request is entered once when it comes and once when its fate is known. */
export interface Ledger {
  readonly came: () => void
  readonly ended: (fate: Fate) => void
  readonly counts: () => Counts
}

export interface Counts {
  /** Requests that clients sent. */
  readonly requests: number
  /** Those whose fate is not known yet. */
  readonly open: number
  readonly fates: Readonly<Partial<Record<Fate, number>>>
}

export function openLedger(): Ledger {
  let [requests, open] = [0, 0]
  const fates: Partial<Record<Fate, number>> = {}
  return {
    came() {
      requests++
      open++
    },
    ended(fate) {
      open--
      fates[fate] = (fates[fate] ?? 0) + 1
    },
    counts: () => ({ requests, open, fates: { ...fates } }),
  }
}
