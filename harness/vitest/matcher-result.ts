import { inspect } from 'node:util'
import type { MatcherState } from 'vitest'
import type { LocatedFinding, StepReport, Unsettled } from '../kernel/index.ts'
import { groupFindings } from '../report/group.ts'
import { lessonLines, lessonOf } from '../report/teach.ts'
import { metaOf } from './task-meta.ts'

/** What every matcher says and leaves in the same way, whatever it matches. */
export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

// Typed as a boolean; without `.not` Vitest leaves it undefined.
export function isNegated(state: { readonly isNot?: boolean }): boolean {
  return state.isNot ?? false
}

interface Blindness {
  readonly blind: boolean
  readonly unsettled: Unsettled | undefined
  readonly lines: readonly string[]
}

/** Whether somebody could not look, or nobody looked at all. */
export function blindness(steps: readonly StepReport[]): Blindness {
  const blind = steps.flatMap((step) => (step.unsettled === undefined ? [] : [{ ...step, why: step.unsettled.why }]))
  const nothing = steps.every((step) => step.looked.length === 0)
  return {
    blind: blind.length > 0 || nothing,
    unsettled: blind[0]?.unsettled,
    lines: [
      ...(nothing ? ['  nothing was looked at'] : []),
      ...blind.map(({ id, subject, why }) => `  could not look: ${id} at ${subject}: ${why}`),
    ],
  }
}

interface Failure {
  readonly told?: string
  readonly findings?: readonly LocatedFinding[]
  readonly unsettled?: Unsettled | undefined
}

/** Findings travel as data beside the text, so that no reporter parses prose. */
export function remember(state: MatcherState, steps: readonly StepReport[], failure: Failure): void {
  if (state.task === undefined) return
  const meta = metaOf(state.task)
  meta.looked = [...new Set([...(meta.looked ?? []), ...steps.flatMap((step) => step.looked)])]
  // Without data to stand for it, the message itself is the finding.
  if (failure.told === undefined || (failure.findings?.length === 0 && failure.unsettled === undefined)) return
  meta.told = [...(meta.told ?? []), failure.told]
  meta.findings = [...(meta.findings ?? []), ...(failure.findings ?? [])]
  if (failure.unsettled !== undefined) meta.unsettled = failure.unsettled
}

/** Findings as a person at three in the morning reads them. */
export function teach(findings: readonly LocatedFinding[]): string[] {
  return groupFindings(findings.map((one) => ({ ...one, blocks: true }))).flatMap((group) => {
    const lesson = lessonOf(group)
    return [
      '',
      `${group.level.toUpperCase()} ${group.rule} at ${lesson.where}`,
      ...lessonLines(lesson).map((line) => `  ${line}`),
    ]
  })
}

/** What was passed in, short enough to be read: a whole answer may stand there. */
export function shown(given: unknown): string {
  if (given instanceof Promise) return 'a promise: await it first'
  const text = inspect(given, { depth: 2, maxArrayLength: 5, maxStringLength: 80, breakLength: Infinity })
  return text.length > 160 ? `${text.slice(0, 160)}…` : text
}
