import { acceptListOn } from '../../judge/accepted.ts'
import type { Level, LocatedFinding, RuleId, StepReport, Unsettled } from '../../kernel/index.ts'
import { fingerprint } from '../../kernel/index.ts'
import type { GateNote, GatePolicy } from '../../record/index.ts'

export interface KeeperOptions {
  readonly policy: Pick<GatePolicy, 'accept' | 'baseline'>
  /** Findings, and as many steps, that are kept whole. */
  readonly most: number
  readonly subject: string
  readonly looked: readonly RuleId[]
}

/**
 * Holds the memory of a run without end: the first steps pass whole, and of those that follow a
 * finding is kept only when it tells the gate something new. The verdict is the same as if all
 * were kept; what is left out is counted.
 */
export class Keeper {
  readonly #options: KeeperOptions
  readonly #baseline: ReadonlySet<string>
  /** One list an entry, on the first day there was: an entry matches whether or not it has expired. */
  readonly #accepted
  readonly #known = new Set<string>()
  readonly #tail: LocatedFinding[] = []
  readonly #blind = new Map<string, Unsettled>()
  readonly #leftOut: Record<Level, number> = { error: 0, warning: 0, info: 0, good: 0 }
  #findings = 0
  #steps = 0
  #folded = 0
  #foldedSince = 0
  #startedAt = 0

  constructor(options: KeeperOptions) {
    this.#options = options
    this.#baseline = new Set(options.policy.baseline)
    this.#accepted = options.policy.accept.map((entry) => acceptListOn(new Date(0), [entry]))
  }

  /** The step, when it is to be kept whole; else it is folded into the tail. */
  take(step: StepReport): StepReport | undefined {
    const { most } = this.#options
    if (this.#folded === 0 && this.#steps < most && this.#findings + step.findings.length <= most) {
      this.#steps += 1
      this.#findings += step.findings.length
      for (const finding of step.findings) this.#known.add(this.#meaning(finding))
      return step
    }
    if (this.#folded === 0) [this.#startedAt, this.#foldedSince] = [step.startedAt, performance.now()]
    this.#folded += 1
    for (const finding of step.findings) this.#fold(finding)
    if (step.unsettled !== undefined) this.#foldBlind(step.subject, step.unsettled)
    return undefined
  }

  /** What became of the steps that were folded, as the last steps of the run. */
  tail(): readonly StepReport[] {
    if (this.#folded === 0) return []
    const { subject, looked } = this.#options
    const durationMs = Math.round(performance.now() - this.#foldedSince)
    const common = { id: 'http/messages', startedAt: this.#startedAt, durationMs } as const
    const blind = [...this.#blind].map(([first, unsettled]) => ({
      ...common,
      subject: first,
      looked,
      findings: [],
      unsettled,
    }))
    return [{ ...common, subject, looked, findings: this.#tail }, ...blind]
  }

  /** What was left out, for the reader of a report. */
  notes(): readonly GateNote[] {
    const said = Object.entries(this.#leftOut).filter(([, number]) => number > 0)
    if (said.length === 0) return []
    const sum = said.reduce((total, [, number]) => total + number, 0)
    const levels = said.map(([level, number]) => `${number} of level ${level}`).join(', ')
    const text =
      `${sum} findings in the last ${this.#folded} exchanges are like others that are told, and were counted and not ` +
      `kept (${levels}): at most ${this.#options.most} are kept, and one of each kind beyond. --format jsonl tells all.`
    return [{ kind: 'not-kept', blocks: false, text }]
  }

  #fold(finding: LocatedFinding): void {
    const meaning = this.#meaning(finding)
    if (this.#known.has(meaning)) {
      this.#leftOut[finding.level] += 1
      return
    }
    this.#known.add(meaning)
    this.#tail.push(finding)
  }

  // Reasons are few: a check that breaks, a recording without response.
  #foldBlind(subject: string, unsettled: Unsettled): void {
    const known = [...this.#blind.values()].some(
      ({ because, why }) => because === unsettled.because && why === unsettled.why,
    )
    if (!known && this.#blind.size < 20) this.#blind.set(subject, unsettled)
  }

  /** Two findings with the same meaning weigh the same at the gate, whatever they were seen in. */
  #meaning(finding: LocatedFinding): string {
    if (this.#accepted.length === 0 && this.#baseline.size === 0) return finding.rule
    const entries = this.#accepted.map((list) => (list.excusing(finding) === undefined ? '-' : '+')).join('')
    const print = fingerprint(finding.subject, finding)
    return `${finding.rule} ${entries} ${this.#baseline.has(print) ? print : ''}`
  }
}
