import type { OutcomeKind } from './outcome.ts'
import { worst } from './outcome.ts'

/** The word on a whole run. There is no "skipped" run: one that looked at nothing is unsettled. */
export type Verdict = 'passed' | 'failed' | 'unsettled'

/** Exit codes of every command: 0, 1, 2 for the verdict, 3 for a mistake in the question. */
export const exitCodes = { passed: 0, failed: 1, unsettled: 2, usage: 3 } as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Worst wins; a run that settled nothing, because all was skipped or nothing ran, is unsettled. */
export function verdictOf(kinds: Iterable<OutcomeKind>): Verdict {
  const found = worst(kinds)
  return found === undefined || found === 'skipped' ? 'unsettled' : found
}
