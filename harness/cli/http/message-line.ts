import type { LintedExchange } from '../../http/lint-exchange.ts'
import type { PassiveCheck } from '../../http/passive.ts'
import type { UnreadableEntry } from '../../wire/recordings/index.ts'

/**
 * Writes one line an exchange: `{"id", "response": [{"rule", "aka", "level"}...], "request": [...]}`.
 * `aka` is what REDbot calls the rule, absent where it has no such thing. What could not be
 * looked at is told in `unsettled`.
 */
export function messageLines(checks: readonly PassiveCheck[]) {
  const rules = checks.flatMap((check) => check.rules)
  // A rule says the same every time: what stands for it is written once.
  const written = new Map<string, string>(
    rules.map(({ id: rule, aka, level }) => {
      const redbot = aka?.['redbot']
      return [rule, JSON.stringify({ rule, ...(redbot !== undefined && { aka: redbot }), level })]
    }),
  )
  return {
    linted(id: string, { findings, unsettled }: LintedExchange): string {
      const response: string[] = []
      const request: string[] = []
      for (const [{ rule, level, place }] of findings) {
        const list = place.startsWith('request') ? request : response
        list.push(written.get(rule) ?? JSON.stringify({ rule, level }))
      }
      const blind = unsettled === undefined ? '' : `,"unsettled":${JSON.stringify(unsettled.why)}`
      return `{"id":${JSON.stringify(id)},"response":[${response.join(',')}],"request":[${request.join(',')}]${blind}}\n`
    },
    unread({ id, number, error }: UnreadableEntry): string {
      return `${JSON.stringify({ ...(id === undefined ? { line: number } : { id }), error: error.message })}\n`
    },
    foreign: (id: string, why: string): string => `${JSON.stringify({ id, skipped: why })}\n`,
  }
}
