import type { Finding } from './finding.ts'
import type { JsonObject } from './json.ts'
import type { Level } from './level.ts'
import type { Reference } from './reference.ts'

/** `slice/thing-wrong`: a noun, an adjective naming the failing state. */
export type RuleId = `${string}/${string}`

export interface RuleDefinition<Id extends RuleId, Evidence extends JsonObject> {
  readonly id: Id
  readonly level: Level
  readonly reference: Reference
  /** What was seen, as one sentence made from the evidence. */
  readonly says: (evidence: Evidence) => string
  /** What was wanted instead, as one sentence. */
  readonly wants: string
  /** What to do about it. */
  readonly remedy: string
  /** The thing that a finding is about, where others may need it: `mount:/data`. The step adds the host. */
  readonly about?: (evidence: Evidence) => string | undefined
  /** It is wrong by itself, as a line of a file is: no consequence of anything. */
  readonly inherent?: true
  /** Names that other tools have for the same thing: `{ redbot: 'AGE_NOT_INT' }`. */
  readonly aka?: Readonly<Record<string, string>>
}

/** One thing that can be said. Made with {@link rule}; seen somewhere, it becomes a finding. */
export interface Rule<Id extends RuleId = RuleId, Evidence extends JsonObject = JsonObject> extends RuleDefinition<
  Id,
  Evidence
> {
  /**
   * The finding that this rule was seen at `place`, a dotted path into the observation
   * such as `response.fields.age`.
   */
  readonly at: (place: string, ...evidence: EvidenceArguments<Evidence>) => Finding<Id>
}

/** Any rule at all, whatever its evidence. */
export type AnyRule = Rule<RuleId, never>

// A rule whose sentence needs no evidence is called without it.
type EvidenceArguments<Evidence> = [keyof Evidence] extends [never] ? [] : [evidence: Evidence]

/**
 * Declares a rule. The shape of the evidence is the parameter of `says`, and the compiler
 * holds every finding of the rule to it.
 *
 * @example
 * const ageNotInteger = rule({
 *   id: 'http/age-not-integer',
 *   level: 'error',
 *   reference: rfc(9111, '5.1'),
 *   says: (e: { value: string }) => `Age is "${e.value}".`,
 *   wants: 'Age is a non-negative whole number of seconds.',
 *   remedy: 'Send whole seconds, or drop the field.',
 * })
 */
export function rule<const Id extends RuleId, Evidence extends JsonObject = Record<never, never>>(
  definition: RuleDefinition<Id, Evidence>,
): Rule<Id, Evidence> {
  return {
    ...definition,
    at(place, ...[evidence]) {
      // The cast holds because an absent argument means that Evidence has no keys.
      const seen = (evidence ?? {}) as Evidence
      const about = definition.about?.(seen)
      return {
        rule: definition.id,
        level: definition.level,
        place,
        evidence: seen,
        sentence: definition.says(seen),
        wants: definition.wants,
        remedy: definition.remedy,
        reference: definition.reference,
        ...(about !== undefined && { about }),
        ...(definition.inherent === true && { inherent: true }),
      }
    },
  }
}
