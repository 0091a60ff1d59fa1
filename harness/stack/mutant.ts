import type { RuleId } from '../kernel/index.ts'

/**
 * A one-line change to the reference deployment that an operator could make by mistake, and
 * the rule that must fire after it. Nothing of it may fire before.
 */
export interface Mutant {
  /** `http/etag-removed`, equal to the file name. */
  readonly id: RuleId
  /** What somebody did, in the words of a commit message. */
  readonly title: string
  /** Part of the reference deployment whose file is changed. */
  readonly part: string
  /** Absolute path inside the part. */
  readonly file: string
  /** `find` must occur exactly once; an empty `replace` drops it. */
  readonly find: string
  readonly replace: string
  /** The rule that must fire, and the path of the deployment where it must. */
  readonly kills: RuleId
  readonly path: string
}

export function mutant(definition: Mutant): Mutant {
  return definition
}
