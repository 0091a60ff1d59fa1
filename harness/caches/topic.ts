import type { Check, Example, Level, Reference, Rule, RuleId } from '../kernel/index.ts'
import { check, rule } from '../kernel/index.ts'
import type { CacheCase, CaseLevel, CaseRequest } from './case.ts'
import { ideal, otherwise } from './ideal.ts'
import { judge } from './judge.ts'
import type { Transcript } from './transcript.ts'

/** A case as it is written down: the topic makes the id. */
export interface CaseInput {
  /** `max-age-zero`; the id is then `caches/<topic>-max-age-zero`. */
  readonly name: string
  readonly title: string
  readonly level: CaseLevel
  readonly reference: Reference
  /** Id of the same case in the cache-tests project. */
  readonly aka?: string
  readonly needs?: readonly RuleId[]
  readonly requests: readonly CaseRequest[]
}

export interface TopicInput {
  /** `caches/<file name>`. */
  readonly id: RuleId
  /** What an operator does about any failure of the topic. */
  readonly remedy: string
  readonly cases: readonly CaseInput[]
}

type Evidence = { request: number; wanted: string; seen: string }
export type CaseRule = Rule<RuleId, Evidence>

/** One file of cases: a check whose rules are its cases. */
export interface Topic extends Check<RuleId, Transcript, readonly CaseRule[]> {
  readonly cases: readonly CacheCase[]
}

const levelOf: Readonly<Record<CaseLevel, Level>> = { required: 'error', optional: 'warning', observation: 'info' }

/**
 * Makes the check of a topic from its cases. Every case is a rule, so that it can be named by
 * mutants, accept-lists and `--only`. Its examples are made from the case itself: a transcript
 * as wanted must yield nothing, and one where the cache did something else must yield the rule.
 */
export function topic({ id, remedy, cases: given }: TopicInput): Topic {
  const cases = given.map(({ name, aka, ...rest }): CacheCase => ({
    ...rest,
    id: `${id}-${name}`,
    ...(aka !== undefined && { aka: { 'cache-tests': aka } }),
  }))
  const rules = new Map(cases.map((one) => [one.id, ruleOf(one, remedy)]))
  const made = check({
    id,
    rules: [...rules.values()],
    *run(transcript: Transcript) {
      const subject = cases.find((one) => one.id === transcript.case)
      const found = rules.get(transcript.case)
      if (subject === undefined || found === undefined) return
      const outcome = judge(subject, transcript)
      if (outcome.kind !== 'failed') return
      const { request, wanted, seen } = outcome
      yield found.at(`requests.${request}`, { request, wanted, seen })
    },
    examples: cases.flatMap((one) => examplesOf(one, rules.get(one.id))),
  })
  return { ...made, cases }
}

export function isTopic(value: unknown): value is Topic {
  return typeof value === 'object' && value !== null && 'cases' in value && 'rules' in value && 'run' in value
}

function ruleOf({ id, level, reference, title, aka }: CacheCase, remedy: string): CaseRule {
  return rule({
    id,
    level: levelOf[level],
    reference,
    says: (e: Evidence) => `Request ${e.request}: wanted ${e.wanted}; seen: ${e.seen}.`,
    wants: title,
    remedy,
    ...(aka !== undefined && { aka }),
  })
}

function examplesOf(one: CacheCase, its: CaseRule | undefined): Example<Transcript, CaseRule>[] {
  if (its === undefined) return []
  return [
    { title: `${one.id}, as wanted`, given: ideal(one), yields: [] },
    { title: `${one.id}, otherwise`, given: otherwise(one), yields: [its] },
  ]
}
