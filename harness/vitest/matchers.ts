import type { MatcherState } from 'vitest'
import { expect } from 'vitest'
import type { AnyRule, Level, RuleId, StepReport } from '../kernel/index.ts'
import { atLeast } from '../kernel/index.ts'
import type { MatcherResult } from './matcher-result.ts'
import { blindness, isNegated, remember, shown, teach } from './matcher-result.ts'

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
  const negated = isNegated(this)
  const floor = options.atLeast ?? 'warning'
  const except = new Set((options.except ?? []).map(idOf))
  const bad = steps.flatMap((step) => step.findings).filter((one) => atLeast(one.level, floor) && !except.has(one.rule))
  const { blind, unsettled, lines } = blindness(steps)
  const text = [
    `expected ${negated ? 'findings' : 'no findings'} of level ${floor} or worse, got ${bad.length}`,
    ...lines,
    ...teach(bad),
  ].join('\n')
  // "Could not look" must turn into a pass neither way.
  const good = !blind && (negated ? bad.length > 0 : bad.length === 0)
  remember(this, steps, good ? {} : { told: text, findings: negated ? [] : bad, unsettled })
  return { pass: good !== negated, message: () => text }
}

function toFind(this: MatcherState, received: unknown, rule: RuleId | AnyRule, place?: string): MatcherResult {
  const steps = stepsOf(received, 'toFind')
  const negated = isNegated(this)
  const id = idOf(rule)
  const seen = steps.flatMap((step) => step.findings)
  const hits = seen.filter((one) => one.rule === id && (place === undefined || one.place === place))
  const { blind, unsettled, lines } = blindness(steps)
  const text = [
    `expected ${negated ? 'not to find' : 'to find'} ${id}${place === undefined ? '' : ` at ${place}`}`,
    ...lines,
    ...(negated
      ? teach(hits)
      : [`  found instead: ${[...new Set(seen.map((one) => one.rule))].join(', ') || 'nothing'}`]),
  ].join('\n')
  // What was found was found; what was not found, by who could not look, nobody knows.
  const good = negated ? hits.length === 0 && !blind : hits.length > 0
  remember(this, steps, good ? {} : { told: text, findings: negated ? hits : [], unsettled })
  return { pass: good !== negated, message: () => text }
}

function stepsOf(received: unknown, matcher: string): readonly StepReport[] {
  const steps: unknown = Array.isArray(received) ? received : [received]
  if (isSteps(steps)) return steps
  throw new TypeError(`${matcher} takes the steps that looking returns, was given ${shown(received)}`)
}

function isSteps(value: unknown): value is readonly StepReport[] {
  return (
    Array.isArray(value) &&
    value.every((one: unknown) => typeof one === 'object' && one !== null && 'looked' in one && 'findings' in one)
  )
}

expect.extend({ toHaveNoFindings, toFind })
