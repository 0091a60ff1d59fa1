import type { z } from 'zod'
import type { RunRecord } from '../../record/index.ts'

/**
 * One line of JSON a drill of a practice, in the order in which they ran: `drill`, `procedure`, `seed`, `verdict`, what
 * `tell` makes of its observation, the traps and all rules that were found. A drill that could not be judged has `why`
 * and no observation.
 */
export function toldSteps<Seen extends { readonly drill: string; readonly procedure: string }>(
  { steps, seed }: RunRecord,
  practice: string,
  observation: z.ZodType<Seen>,
  tell: (seen: Seen) => object,
): string {
  const lines = steps
    // What was started before the first drill is a step too.
    .filter(({ id }) => id.startsWith(`${practice}/`))
    .map(({ id, subject, outcome, findings, attachments = [] }) => {
      const [, procedure = ''] = /, ([^,]*)/.exec(subject) ?? []
      const told = attachments.find(({ name }) => name === 'drill.json')
      const seen = told === undefined ? undefined : observation.parse(JSON.parse(told.content))
      const rules = findings.map(({ rule }) => rule)
      const traps = [...new Set(rules.filter((rule) => rule.startsWith(`${practice}/trap-`)))]
      return JSON.stringify({
        drill: seen?.drill ?? id.replace(`${practice}/`, ''),
        procedure: seen?.procedure ?? procedure,
        seed,
        verdict: outcome.kind,
        ...(outcome.kind === 'unsettled' && { why: outcome.why }),
        ...(seen !== undefined && tell(seen)),
        trap: traps[0] ?? null,
        traps,
        findings: [...new Set(rules)],
      })
    })
  return lines.map((line) => `${line}\n`).join('')
}
