import { allowListOf } from '../config/index.ts'
import type { Redactor } from '../record/index.ts'
import { createRedactor } from '../record/index.ts'

/** What a matcher that goes out by itself has to keep to: the plan of the test that it stands in. */
export interface Guard {
  /** @throws UsageError for an address that the plan does not allow */
  readonly allow: (url: URL) => void
  readonly redact: Redactor
  readonly seed: number
}

const guards = new WeakMap<object, Guard>()

/** Without a plan there are no secrets to know of, and loopback is all that may be asked. */
const withoutPlan: Guard = { allow: allowListOf([]), redact: createRedactor({ secrets: [] }), seed: 1 }

/** Lays down what holds in a test, before its body begins. */
export function guardTest(task: object, guard: Guard): void {
  guards.set(task, guard)
}

/** What holds in a test; `task` is undefined where Vitest cannot tell which one runs. */
export function guardOf(task: object | undefined): Guard {
  return (task === undefined ? undefined : guards.get(task)) ?? withoutPlan
}
