import type { Difference } from './difference.ts'

/** Rules of the user for what is compared. */
export interface CompareRules {
  /** Places that are not looked at; `*` stands for anything: `field x-request-id`, `json $.meta.*`. */
  readonly ignore: readonly string[]
  /** Places of JSON arrays whose order says nothing. */
  readonly unordered: readonly string[]
}

/** A way to compare content of some types: one file in `bodies/`, found by its folder. */
export interface BodyComparer {
  readonly id: string
  /** Whether it is for content of a type, in small letters and without parameters. */
  readonly takes: (type: string) => boolean
  /** Undefined when either is not what its type says; then bytes are compared. */
  readonly compare: (
    primary: Uint8Array,
    candidate: Uint8Array,
    rules: CompareRules,
  ) => readonly Difference[] | undefined
}

export function isBodyComparer(value: unknown): value is BodyComparer {
  return typeof value === 'object' && value !== null && 'takes' in value && 'compare' in value
}
