import { discover } from '../discover.ts'
import type { AnyRule, Check, CheckResult, RuleId } from '../kernel/index.ts'
import { runCheck } from '../kernel/index.ts'
import type { Message } from './message.ts'

/** A check that one exchange is enough for. */
export type PassiveCheck = Check<RuleId, Message, readonly AnyRule[]>

let found: Promise<readonly PassiveCheck[]> | undefined

/** Every check in `fields/` and `semantics/`, loaded once. */
export function passiveChecks(): Promise<readonly PassiveCheck[]> {
  found ??= Promise.all(
    ['fields', 'semantics'].map((folder) => discover(new URL(`./${folder}/`, import.meta.url), isCheck)),
  ).then((folders) => folders.flat().map(({ thing }) => thing))
  return found
}

/** Runs checks over one message; one that throws is unsettled and the others go on. */
export function lint(message: Message, checks: readonly PassiveCheck[]): CheckResult[] {
  return checks.map((check) => runCheck(check, message))
}

function isCheck(value: unknown): value is PassiveCheck {
  return typeof value === 'object' && value !== null && 'run' in value && 'rules' in value && 'examples' in value
}
