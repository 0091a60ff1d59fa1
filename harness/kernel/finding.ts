import type { JsonObject } from './json.ts'
import type { Level } from './level.ts'
import type { Reference } from './reference.ts'
import type { RuleId } from './rule.ts'

/** A rule, seen: all that a report needs to teach the reader, as plain data. */
export interface Finding<Id extends RuleId = RuleId> {
  readonly rule: Id
  readonly level: Level
  /** Dotted path into what was observed: `response.fields.age`. */
  readonly place: string
  readonly evidence: JsonObject
  /** What was seen. */
  readonly sentence: string
  /** What was wanted. */
  readonly wants: string
  readonly remedy: string
  readonly reference: Reference
  /** The thing that it is about, where others may need it: `mount:/data`. A finding of level error says that it is down. */
  readonly about?: string
  /** It is wrong by itself, as a line of a file is: no consequence of anything. */
  readonly inherent?: true
}

/**
 * What makes two findings of different runs the same one. Evidence is left out on purpose:
 * it holds dates, ports and counts, which change when nothing else does.
 */
export function fingerprint(subject: string, finding: Pick<Finding, 'rule' | 'place'>): string {
  return `${finding.rule} ${finding.place} ${subject}`
}
