import { discover } from '../discover.ts'
import type { AnyRule, Check, CheckResult, Finding, RuleId } from '../kernel/index.ts'
import { runCheck } from '../kernel/index.ts'
import type { Message } from './message.ts'

/** A check that needs no more than one exchange. */
export type PassiveCheck = Check<RuleId, Message, readonly AnyRule[]>

/**
 * Every passive check, sorted by id: one file each in `fields/` (what a field says) and
 * `semantics/` (what a message as a whole says). The folders are the list.
 */
export async function passiveChecks(): Promise<readonly PassiveCheck[]> {
  return checksIn(['fields/', 'semantics/'])
}

/**
 * Every check of the request, sorted by id: the places of their findings begin with `request.`.
 * They are for exchanges that others recorded; what our own client asks is our own business.
 */
export async function requestChecks(): Promise<readonly PassiveCheck[]> {
  return checksIn(['request/'])
}

async function checksIn(folders: readonly string[]): Promise<readonly PassiveCheck[]> {
  const found = await Promise.all(folders.map((folder) => discover(new URL(folder, import.meta.url), isCheck)))
  return found
    .flat()
    .map(({ thing }) => thing)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/**
 * Runs checks over one message. Nothing is thrown: a check that breaks is `unsettled` in its
 * result. Where one check finds more than fifty things, five of each rule are kept: a field of a
 * quarter megabyte can be wrong a hundred thousand times.
 */
export function lint(message: Message, checks: readonly PassiveCheck[]): CheckResult[] {
  const results: CheckResult[] = []
  for (const each of checks) {
    if (each.applies?.(message) === false) {
      results.push({ check: each.id, findings: nothing })
      continue
    }
    const result = runCheck(each, message)
    results.push(result.findings.length <= 50 ? result : { ...result, findings: firstOfEach(result.findings, 5) })
  }
  return results
}

const nothing: readonly Finding[] = []

function firstOfEach(findings: readonly Finding[], most: number): Finding[] {
  const counts = new Map<RuleId, number>()
  return findings.filter(({ rule }) => {
    const count = (counts.get(rule) ?? 0) + 1
    counts.set(rule, count)
    return count <= most
  })
}

// Only the shape can be asked at run time; that `run` takes a Message is what these folders are for.
function isCheck(value: unknown): value is PassiveCheck {
  return typeof value === 'object' && value !== null && 'run' in value && 'rules' in value && 'examples' in value
}
