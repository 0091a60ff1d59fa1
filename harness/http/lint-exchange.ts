import type { Finding, Unsettled } from '../kernel/index.ts'
import type { Exchange } from '../wire/index.ts'
import { messageOfExchange } from './message.ts'
import type { PassiveCheck } from './passive.ts'
import { lint } from './passive.ts'

export interface LintedExchange {
  /** Each with the check that made it, in order of the checks. */
  readonly findings: readonly (readonly [finding: Finding, check: string])[]
  /** Present when not everything could be looked at. */
  readonly unsettled?: Unsettled
}

/** Every passive check over one recorded exchange; nothing is asked of anybody. */
export function lintExchange(exchange: Exchange, checks: readonly PassiveCheck[]): LintedExchange {
  const message = messageOfExchange(exchange)
  if (message === undefined) {
    const why = exchange.trouble?.message ?? 'no response was recorded'
    const mend = 'Record the exchange again, or leave it out.'
    return { findings: [], unsettled: { because: 'prerequisite', why, mend } }
  }
  const findings: (readonly [Finding, string])[] = []
  let unsettled: Unsettled | undefined
  for (const result of lint(message, checks)) {
    for (const finding of result.findings) findings.push([finding, result.check])
    unsettled ??= result.unsettled
  }
  return unsettled === undefined ? { findings } : { findings, unsettled }
}
