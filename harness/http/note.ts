import type { JsonObject, Reference, Rule, RuleId } from '../kernel/index.ts'
import { rule } from '../kernel/index.ts'

/**
 * A rule that tells what is there and asks for nothing. `redbot` is the identifier that REDbot
 * and httplint have for it.
 */
export function note<const Id extends RuleId, Evidence extends JsonObject = Record<never, never>>(
  id: Id,
  redbot: string,
  reference: Reference,
  says: (evidence: Evidence) => string,
  level: 'info' | 'good' = 'info',
): Rule<Id, Evidence> {
  return rule<Id, Evidence>({
    id,
    level,
    reference,
    says,
    wants: 'This is told for your information.',
    remedy: 'Nothing to do.',
    aka: { redbot },
  })
}
