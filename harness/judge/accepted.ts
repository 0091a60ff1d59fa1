import type { LocatedFinding } from '../kernel/index.ts'
import type { AcceptEntry, GateNote } from '../record/index.ts'

/** The part of a finding that an entry of the accept-list speaks of. */
export type Acceptable = Pick<LocatedFinding, 'rule' | 'subject' | 'place' | 'level'>

/** An accept-list on a certain day: what it excuses, and what became of its entries. */
export interface AcceptList {
  /** The first entry that still holds and matches, if any. */
  readonly excusing: (finding: Acceptable) => AcceptEntry | undefined
  /** Expired entries, and those that excused nothing when `everythingSeen`. */
  readonly notes: (everythingSeen: boolean) => GateNote[]
}

/** Entries hold to the end of their last day, UTC. */
export function acceptListOn(today: Date, entries: readonly AcceptEntry[]): AcceptList {
  const day = today.toISOString().slice(0, 10)
  const rows = entries.map((entry) => ({ entry, expired: entry.expires < day, matches: matcherOf(entry), hits: 0 }))
  return {
    excusing(finding) {
      const matching = rows.filter((row) => row.matches(finding))
      // Each matching entry is of use, also when another one excuses: neither is told as unused.
      for (const row of matching) row.hits += 1
      return matching.find((row) => !row.expired)?.entry
    },
    notes(everythingSeen) {
      return rows.flatMap(({ entry, expired, hits }): GateNote[] => {
        const name = `${describe(entry)} (${entry.owner}: ${entry.reason})`
        if (expired) return [expiredNote(name, entry.expires, hits)]
        if (hits > 0 || !everythingSeen) return []
        return [{ kind: 'accept-unused', blocks: false, text: `${name} excuses nothing any more: remove the entry.` }]
      })
    },
  }
}

function expiredNote(name: string, expires: string, hits: number): GateNote {
  return hits === 0
    ? {
        kind: 'accept-expired',
        blocks: false,
        text: `${name} expired on ${expires} and matches nothing: remove the entry.`,
      }
    : {
        kind: 'accept-expired',
        blocks: true,
        text: `${name} expired on ${expires} and still matches ${count(hits, 'finding')}: mend what it excused, or renew it.`,
      }
}

function matcherOf(entry: AcceptEntry): (finding: Acceptable) => boolean {
  const rule = pattern(entry.rule)
  const subject = pattern(entry.subject)
  const place = pattern(entry.place)
  return (finding) => rule(finding.rule) && subject(finding.subject) && place(finding.place)
}

/** `*` stands for any text, also none; everything else for itself. Linear: one forward search a piece. */
export function pattern(text: string): (value: string) => boolean {
  const [head = '', ...rest] = text.split('*')
  const tail = rest.pop()
  if (tail === undefined) return (value) => value === text
  return (value) => {
    if (!value.startsWith(head) || !value.endsWith(tail)) return false
    let at = head.length
    for (const piece of rest) {
      const found = value.indexOf(piece, at)
      if (found < 0) return false
      at = found + piece.length
    }
    return at + tail.length <= value.length
  }
}

function describe(entry: AcceptEntry): string {
  const where = [entry.subject, entry.place].filter((part) => part !== '*').join(', ')
  return where === '' ? `accepted ${entry.rule}` : `accepted ${entry.rule} at ${where}`
}

/** `1 finding`, `3 findings`. */
export function count(n: number, noun: string): string {
  return n === 1 ? `1 ${noun}` : `${n} ${noun}s`
}
