import type { LocatedFinding, StepReport } from '../kernel/index.ts'
import { fingerprint } from '../kernel/index.ts'
import type { GateNote, GatePolicy, RecordedFinding } from '../record/index.ts'
import { acceptListOn, count } from './accepted.ts'

type Excuse = NonNullable<RecordedFinding['excuse']>

/** A finding and why it need not count against the run. */
export interface Weighed {
  readonly finding: LocatedFinding
  readonly excuse: Excuse | undefined
}

export interface WeighedStep {
  readonly step: StepReport
  readonly findings: readonly Weighed[]
}

/**
 * Finds the excuse of every finding: the accept-list first, because it has a reason and an
 * owner, then the baseline. Good news needs none. `everythingSeen` is false when something
 * could not be looked at: then nobody can say that an excuse is of no use any more.
 */
export function excuseFindings(
  steps: readonly StepReport[],
  policy: GatePolicy,
  today: Date,
  everythingSeen: boolean,
): { readonly steps: readonly WeighedStep[]; readonly notes: readonly GateNote[] } {
  const accepted = acceptListOn(today, policy.accept)
  const baseline = new Set(policy.baseline)
  const seen = new Set<string>()
  const excuseOf = (finding: LocatedFinding): Excuse | undefined => {
    if (finding.level === 'good') return undefined
    const print = fingerprint(finding.subject, finding)
    seen.add(print)
    const entry = accepted.excusing(finding)
    if (entry !== undefined) {
      return { kind: 'accepted', reason: entry.reason, owner: entry.owner, expires: entry.expires }
    }
    return baseline.has(print) ? { kind: 'baseline' } : undefined
  }
  const weighed = steps.map((step) => ({
    step,
    findings: step.findings.map((finding) => ({ finding, excuse: excuseOf(finding) })),
  }))
  const gone = everythingSeen ? [...baseline].filter((print) => !seen.has(print)) : []
  return { steps: weighed, notes: [...accepted.notes(everythingSeen), ...goneNote(gone)] }
}

function goneNote(gone: readonly string[]): GateNote[] {
  if (gone.length === 0) return []
  const text = `${count(gone.length, 'finding')} of the baseline no longer seen: write the baseline anew so that none comes back unnoticed.`
  return [{ kind: 'baseline-unused', blocks: false, text }]
}
