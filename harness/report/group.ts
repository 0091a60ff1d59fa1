import { levels } from '../kernel/index.ts'
import type { Level, Reference, RuleId } from '../kernel/index.ts'
import type { RecordedFinding, RunRecord } from '../record/schema.ts'

/** One rule, seen in one place or in many, all of them treated alike by the gate. */
export interface FindingGroup {
  readonly rule: RuleId
  readonly level: Level
  readonly blocks: boolean
  readonly excuse: RecordedFinding['excuse']
  readonly wants: string
  readonly remedy: string
  readonly reference: Reference
  /** Never empty, in the order of the record. */
  readonly sightings: readonly [RecordedFinding, ...RecordedFinding[]]
}

const excuseOf = ({ excuse }: RecordedFinding): string =>
  excuse === undefined
    ? ''
    : excuse.kind === 'accepted'
      ? `${excuse.owner} ${excuse.expires} ${excuse.reason}`
      : 'baseline'

/** What blocks first, then by level, then by rule. */
export function groupFindings(findings: Iterable<RecordedFinding>): FindingGroup[] {
  const groups = new Map<string, [RecordedFinding, ...RecordedFinding[]]>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.level, finding.blocks, excuseOf(finding)])
    const sightings = groups.get(key)
    if (sightings === undefined) groups.set(key, [finding])
    else sightings.push(finding)
  }
  return [...groups.values()]
    .map((sightings): FindingGroup => {
      const { rule, level, blocks, excuse, wants, remedy, reference } = sightings[0]
      return { rule, level, blocks, excuse, wants, remedy, reference, sightings }
    })
    .toSorted(
      (a, b) =>
        Number(b.blocks) - Number(a.blocks) ||
        levels.indexOf(a.level) - levels.indexOf(b.level) ||
        (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
    )
}

/** The sightings of a group by what was said of each, in the order of first mention. */
export function bySentence(group: FindingGroup): [sentence: string, sightings: RecordedFinding[]][] {
  const said = new Map<string, RecordedFinding[]>()
  for (const finding of group.sightings) {
    const same = said.get(finding.sentence)
    if (same === undefined) said.set(finding.sentence, [finding])
    else same.push(finding)
  }
  return [...said]
}

export function findingsOf(record: RunRecord): RecordedFinding[] {
  return record.steps.flatMap((step) => step.findings)
}
