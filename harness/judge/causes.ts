import { levels } from '../kernel/index.ts'
import type { RecordedFinding, RunRecord } from '../record/index.ts'

/** One rule that stands behind several blocking findings: mend it once and they all go. */
export interface Cause {
  readonly rule: RecordedFinding['rule']
  readonly level: RecordedFinding['level']
  /** Where it was seen, sorted. */
  readonly subjects: readonly string[]
  readonly count: number
  /** The first finding, for its sentence, remedy and reference. */
  readonly example: RecordedFinding
}

/** Blocking findings by rule: the most widespread first, then the gravest, then by name. */
export function likelyCauses({ steps }: Pick<RunRecord, 'steps'>): Cause[] {
  const blocking = steps.flatMap((step) => step.findings).filter((finding) => finding.blocks)
  const groups = [...Map.groupBy(blocking, (finding) => finding.rule)]
  const causes = groups.flatMap(([rule, findings]): Cause[] => {
    const [example] = findings
    if (example === undefined) return []
    const subjects = [...new Set(findings.map((finding) => finding.subject))].toSorted()
    return [{ rule, level: example.level, subjects, count: findings.length, example }]
  })
  return causes.toSorted(
    (a, b) =>
      b.subjects.length - a.subjects.length ||
      levels.indexOf(a.level) - levels.indexOf(b.level) ||
      a.rule.localeCompare(b.rule),
  )
}
