import type { ExitCode, OutcomeKind, StepReport, UnsettledKind, Verdict } from '../kernel/index.ts'
import { exitCodes, verdictOf } from '../kernel/index.ts'
import type { GateNote, GatePolicy, RecordedFinding, RecordedStep } from '../record/index.ts'
import { count } from './accepted.ts'
import { weighBudgets } from './budgets.ts'
import type { Weighed, WeighedStep } from './excuse.ts'
import { excuseFindings } from './excuse.ts'

/** What the gate says of a run. */
export interface Judgement {
  readonly steps: RecordedStep[]
  readonly notes: GateNote[]
  readonly verdict: Verdict
  readonly exitCode: ExitCode
}

export interface JudgeOptions {
  /** True when the run was ended before it had looked at everything: passed is then too much to say. */
  readonly interrupted?: boolean
}

/**
 * Judges steps under a policy, on a day: outcome of each step, notes about the policy itself,
 * and the verdict. Pure, so a stored run can be judged again.
 *
 * Within a step failed beats unsettled, and unsettled beats skipped. A step that looked at
 * nothing and has no reason to is unsettled. An unsettled kind that the policy allows stays
 * unsettled in its step and is noted, but does not weigh in the verdict; a run of which nothing
 * else is left is unsettled all the same.
 */
export function judgeSteps(
  reports: readonly StepReport[],
  policy: GatePolicy,
  today: Date,
  { interrupted = false }: JudgeOptions = {},
): Judgement {
  const everythingSeen = !interrupted && reports.every((step) => step.unsettled === undefined)
  const excused = excuseFindings(reports, policy, today, everythingSeen)
  const budgets = weighBudgets(
    excused.steps.flatMap((step) => step.findings),
    policy,
  )
  const steps = excused.steps.map((step) => judgeStep(step, budgets.blocks))
  const allowed = (step: RecordedStep): boolean =>
    step.outcome.kind === 'unsettled' && policy.allow.includes(step.outcome.because)
  const notes = [
    ...excused.notes,
    ...budgets.notes,
    ...steps.filter(lookedAtNothing).map((step) => nothingNote(step, !allowed(step))),
    ...policy.allow.flatMap((because) => allowedNote(because, steps)),
  ]
  const kinds: OutcomeKind[] = steps.filter((step) => !allowed(step)).map((step) => step.outcome.kind)
  if (notes.some((note) => note.blocks && note.kind !== 'looked-at-nothing')) kinds.push('failed')
  if (interrupted) kinds.push('unsettled')
  const verdict = verdictOf(kinds)
  return { steps, notes, verdict, exitCode: exitCodes[verdict] }
}

function judgeStep({ step, findings }: WeighedStep, blocks: (weighed: Weighed) => boolean): RecordedStep {
  const judged = findings.map((weighed): RecordedFinding => ({
    ...weighed.finding,
    blocks: blocks(weighed),
    ...(weighed.excuse === undefined ? {} : { excuse: weighed.excuse }),
  }))
  const { looked, attachments, ...rest } = step
  return {
    ...rest,
    looked: [...looked],
    ...(attachments === undefined ? {} : { attachments: [...attachments] }),
    findings: judged,
    outcome: outcomeOf(step, judged),
  }
}

function outcomeOf(step: StepReport, findings: readonly RecordedFinding[]): RecordedStep['outcome'] {
  if (findings.some((finding) => finding.blocks)) return { kind: 'failed' }
  if (step.unsettled !== undefined) return { kind: 'unsettled', ...step.unsettled }
  if (step.skipped !== undefined) return { kind: 'skipped', why: step.skipped }
  if (step.looked.length > 0) return { kind: 'passed' }
  return {
    kind: 'unsettled',
    because: 'prerequisite',
    why: 'no check looked at anything',
    mend: 'Give the step something to look at, or the reason why it is skipped.',
  }
}

function lookedAtNothing(step: RecordedStep): boolean {
  return step.looked.length === 0 && step.unsettled === undefined && step.skipped === undefined
}

function nothingNote(step: RecordedStep, blocks: boolean): GateNote {
  return {
    kind: 'looked-at-nothing',
    blocks,
    text: `${nameOf(step)} looked at nothing, which is not the same as good.`,
  }
}

/** The kind is named with some of its steps: allowed is not the same as hidden. */
function allowedNote(because: UnsettledKind, steps: readonly RecordedStep[]): GateNote[] {
  const hit = steps.filter((step) => step.outcome.kind === 'unsettled' && step.outcome.because === because)
  if (hit.length === 0) return []
  const named = hit.slice(0, 5).map(nameOf).join('; ')
  const more = hit.length > 5 ? `; and ${hit.length - 5} more` : ''
  const text = `${count(hit.length, 'step')} could not look (${because}), which the policy allows: ${named}${more}.`
  return [{ kind: 'allowed-unsettled', blocks: false, text }]
}

function nameOf(step: RecordedStep): string {
  return `${step.id} on ${step.subject}`
}
