import type { Finding } from './finding.ts'

/**
 * Why nobody can tell.
 * - `setup`: the stack did not come up
 * - `prerequisite`: something an earlier step should have left is not there
 * - `harness`: our own code broke
 * - `timeout`: a named wait ran out
 * - `unsupported`: this machine or substrate cannot do it
 */
export const unsettledKinds = ['setup', 'prerequisite', 'harness', 'timeout', 'unsupported'] as const

export type UnsettledKind = (typeof unsettledKinds)[number]

export interface Unsettled {
  readonly because: UnsettledKind
  readonly why: string
  /** The one thing to do so that the next run can tell. */
  readonly mend: string
}

/** What became of a check or a step, under the gate's policy. */
export type Outcome =
  | { readonly kind: 'failed'; readonly findings: readonly [Finding, ...Finding[]] }
  | ({ readonly kind: 'unsettled' } & Unsettled)
  | { readonly kind: 'passed' }
  | { readonly kind: 'skipped'; readonly why: string }

export type OutcomeKind = Outcome['kind']

// Worst first. "Could not look" outranks "passed", because it must never hide behind it.
const order: readonly OutcomeKind[] = ['failed', 'unsettled', 'passed', 'skipped']

/** The worst of several kinds, or undefined of none. */
export function worst(kinds: Iterable<OutcomeKind>): OutcomeKind | undefined {
  let found: OutcomeKind | undefined
  for (const kind of kinds) {
    if (found === undefined || order.indexOf(kind) < order.indexOf(found)) found = kind
  }
  return found
}
