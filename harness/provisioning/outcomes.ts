import type { RuleId, Unsettled } from '../kernel/index.ts'
import { outcome } from './outcome.ts'

/** What is needed of a step, as it was told or as it was recorded. */
export interface ToldStep {
  readonly id: RuleId
  readonly subject: string
  readonly findings: readonly { readonly rule: RuleId }[]
  readonly unsettled?: Unsettled | undefined
  readonly skipped?: string | undefined
}

/** The faults of a job by what became of it: `survived`, `failed loudly`, `lied`, ..., in words. */
export type Outcomes = Readonly<Record<string, readonly string[]>>

const words: Readonly<Record<string, string>> = {
  survived: 'survived',
  surplus: 'made too much',
  loud: 'failed loudly',
  'left-behind': 'left something behind',
  lied: 'lied',
  hung: 'hung',
  unable: 'failed',
}

/** What a run without any fault is called among the faults. */
export const calm = 'nothing wrong'

/** The subject of a step: a job, and the fault that it met. */
export function subjectOf(job: string, fault: string | undefined): string {
  return fault === undefined ? `${job}, ${calm}` : `${job} under ${fault}`
}

/** Every job of the steps with its outcomes, in the order of the steps. */
export function outcomesByJob(steps: readonly ToldStep[]): ReadonlyMap<string, Outcomes> {
  const seen = steps.flatMap((step) => {
    // Names of jobs and faults have no spaces.
    const [, job = '', fault = calm] = /^([^ ,]+)(?:, .*| under (.+))$/.exec(step.subject) ?? []
    return step.id === outcome.id ? [{ job, fault, word: wordOf(step) }] : []
  })
  return new Map(
    [...Map.groupBy(seen, ({ job }) => job)].map(([job, all]) => {
      const grouped = [...Map.groupBy(all, ({ word }) => word)]
      return [job, Object.fromEntries(grouped.map(([word, same]) => [word, same.map(({ fault }) => fault)]))]
    }),
  )
}

function wordOf({ findings, unsettled, skipped }: ToldStep): string {
  if (skipped !== undefined) return 'not met'
  if (unsettled !== undefined) return `unsettled (${unsettled.because})`
  const said = new Set(findings.map(({ rule }) => rule.slice(`${outcome.id}-`.length)))
  return [...said].map((name) => words[name] ?? name).join(', ') || 'did its work'
}
