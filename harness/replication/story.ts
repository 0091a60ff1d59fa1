import type { MarkKind } from '../kernel/index.ts'
import type { LedgerReport } from './ledger/compare.ts'
import type { Entry } from './ledger/journal.ts'
import type { Phase } from './phases.ts'
import { allEqual, feltOf } from './phases.ts'

export interface Moment {
  /** Milliseconds since the writers began. */
  readonly at: number
  readonly what: string
  readonly kind?: MarkKind
}

/** What happened in a drill, and when; all in milliseconds of one clock. */
export interface Told {
  readonly timeline: readonly Moment[]
  /** The moment of the fault on that clock. */
  readonly faultAt?: number
  /** What lasted: the write outage, each run of the promotion, the time until all replicas were equal. */
  readonly phases?: readonly Phase[]
  /**
   * Milliseconds from the moment at which clients were led to the new primary until every replica had every row, clients
   * writing on for a part of it; undefined when they never were equal, or there was no replica.
   */
  readonly convergedMs?: number | undefined
}

/** What is known when the last row is read. */
export interface Ending {
  readonly entries: Iterable<Entry>
  readonly ledger: LedgerReport
  readonly faultAt: number
  /** When the clients were told to stop. */
  readonly stoppedAt: number
  /** When nothing moved any more. */
  readonly quietAt: number
}

/** Writes down what happens while it happens. */
export interface Story {
  readonly note: (what: string, kind?: MarkKind) => void
  /** The same for a moment that is over already. */
  readonly noteAt: (at: number, what: string, kind?: MarkKind) => void
  /** The procedure begins; gives what is to be called when it has ended. */
  readonly promotion: () => () => void
  /** Clients reach another node from now on. */
  readonly led: (what: string) => void
  readonly told: (ending: Ending) => Required<Told>
}

export function startStory(now: () => number, progress: (line: string) => void): Story {
  const timeline: Moment[] = []
  const phases: Phase[] = []
  let ledAt: number | undefined
  const noteAt: Story['noteAt'] = (at, what, kind) => {
    timeline.push({ at, what, ...(kind !== undefined && { kind }) })
  }
  const note: Story['note'] = (what, kind) => {
    noteAt(now(), what, kind)
    progress(what)
  }
  return {
    note,
    noteAt,
    promotion() {
      const from = now()
      ledAt = undefined
      // Clients have a primary when they are led to it, and not when the last replica is told so.
      return () => void phases.push({ what: 'promotion', from, to: ledAt ?? now() })
    },
    led(what) {
      ledAt = now()
      note(what, 'change')
    },
    told({ entries, ledger, faultAt, stoppedAt, quietAt }) {
      const { noticed, outage } = feltOf(entries, faultAt, stoppedAt)
      if (noticed !== undefined) {
        const how = noticed.how === 'refused' ? 'a client is refused a write' : 'a client gets no answer to a write'
        noteAt(noticed.at, how, 'notice')
      }
      const equal = allEqual(ledger)
      noteAt(quietAt, equal ? 'every replica has every row' : 'nothing moves any more, and the nodes differ', 'end')
      const converged =
        equal && ledAt !== undefined && ledger.nodes.length > 0
          ? [{ what: 'until all replicas are equal', from: ledAt, to: quietAt }]
          : []
      return {
        timeline: timeline.toSorted((a, b) => a.at - b.at),
        faultAt,
        phases: [outage, ...phases, ...converged],
        convergedMs: converged.map(({ from, to }) => to - from)[0],
      }
    },
  }
}
