import type { MatcherState } from 'vitest'
import { expect } from 'vitest'
import type { AnyRule, Level, LocatedFinding, RuleId, StepReport, Unsettled } from '../kernel/index.ts'
import { atLeast } from '../kernel/index.ts'
import { groupFindings } from '../report/group.ts'
import { lessonLines, lessonOf } from '../report/teach.ts'
import { metaOf } from './task-meta.ts'

/** What the matchers take: the steps of looking at something, or their findings alone. */
export type Looked = readonly StepReport[] | StepReport

export interface NoFindingsOptions {
  /** Gravest level that may not be there; `warning` unless said: errors and warnings. */
  readonly atLeast?: Level
  /** Rules that may be seen all the same, each because the suite says why. */
  readonly except?: readonly (RuleId | AnyRule)[]
}

declare module 'vitest' {
  interface Matchers<R, T> {
    /** Nothing at or above the level was found, and everything could be looked at. */
    toHaveNoFindings: (options?: NoFindingsOptions) => R
    /** The rule was seen, at the place when one is given. */
    toFind: (rule: RuleId | AnyRule, place?: string) => R
  }
}

const idOf = (rule: RuleId | AnyRule): RuleId => (typeof rule === 'string' ? rule : rule.id)

function toHaveNoFindings(this: MatcherState, received: unknown, options: NoFindingsOptions = {}): MatcherResult {
  const steps = stepsOf(received, 'toHaveNoFindings')
  const floor = options.atLeast ?? 'warning'
  const except = new Set((options.except ?? []).map(idOf))
  const bad = steps.flatMap((step) => step.findings).filter((one) => atLeast(one.level, floor) && !except.has(one.rule))
  const blind = steps.flatMap(({ id, subject, unsettled }) =>
    unsettled === undefined ? [] : [{ id, subject, unsettled }],
  )
  const nothing = steps.every((step) => step.looked.length === 0)
  const text = [
    `expected ${this.isNot ? 'findings' : 'no findings'} of level ${floor} or worse, got ${bad.length}`,
    ...(nothing ? ['  nothing was looked at'] : []),
    ...blind.map(({ id, subject, unsettled }) => `  could not look: ${id} at ${subject}: ${unsettled.why}`),
    ...teach(bad),
  ].join('\n')
  // "Could not look" must turn into a pass neither way.
  const couldLook = blind.length === 0 && !nothing
  const good = couldLook && (this.isNot ? bad.length > 0 : bad.length === 0)
  remember(this, steps, good ? {} : { told: text, findings: this.isNot ? [] : bad, unsettled: blind[0]?.unsettled })
  return { pass: good !== this.isNot, message: () => text }
}

function toFind(this: MatcherState, received: unknown, rule: RuleId | AnyRule, place?: string): MatcherResult {
  const steps = stepsOf(received, 'toFind')
  const id = idOf(rule)
  const seen = steps.flatMap((step) => step.findings)
  const hits = seen.filter((one) => one.rule === id && (place === undefined || one.place === place))
  remember(this, steps, {})
  return {
    pass: hits.length > 0,
    message: () =>
      [
        `expected ${this.isNot ? 'not to find' : 'to find'} ${id}${place === undefined ? '' : ` at ${place}`}`,
        ...(this.isNot
          ? teach(hits)
          : [`  found instead: ${[...new Set(seen.map((one) => one.rule))].join(', ') || 'nothing'}`]),
      ].join('\n'),
  }
}

interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

interface Failure {
  readonly told?: string
  readonly findings?: readonly LocatedFinding[]
  readonly unsettled?: Unsettled | undefined
}

/** Findings travel as data beside the text, so that no reporter parses prose. */
function remember(state: MatcherState, steps: readonly StepReport[], failure: Failure): void {
  if (state.task === undefined) return
  const meta = metaOf(state.task)
  meta.looked = [...new Set([...(meta.looked ?? []), ...steps.flatMap((step) => step.looked)])]
  if (failure.told === undefined) return
  meta.told = [...(meta.told ?? []), failure.told]
  meta.findings = [...(meta.findings ?? []), ...(failure.findings ?? [])]
  if (failure.unsettled !== undefined) meta.unsettled = failure.unsettled
}

function teach(findings: readonly LocatedFinding[]): string[] {
  return groupFindings(findings.map((one) => ({ ...one, blocks: true }))).flatMap((group) => {
    const lesson = lessonOf(group)
    return [
      '',
      `${group.level.toUpperCase()} ${group.rule} at ${lesson.where}`,
      ...lessonLines(lesson).map((line) => `  ${line}`),
    ]
  })
}

function stepsOf(received: unknown, matcher: string): readonly StepReport[] {
  const steps: unknown = Array.isArray(received) ? received : [received]
  if (isSteps(steps)) return steps
  throw new TypeError(
    `${matcher} takes the steps that looking returns, was given ${JSON.stringify(received) ?? typeof received}`,
  )
}

function isSteps(value: unknown): value is readonly StepReport[] {
  return (
    Array.isArray(value) &&
    value.every((one: unknown) => typeof one === 'object' && one !== null && 'looked' in one && 'findings' in one)
  )
}

expect.extend({ toHaveNoFindings, toFind })
