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
  /** The rule that must fire. */
  readonly kills: RuleId
  /** The path where it must. */
  readonly path: string
  /** The part that is asked; `balancer`, the front of the reference deployment, unless said. */
  readonly in?: string
  /** Port inside that part; its first unless said. */
  readonly port?: number
}

/** What a mutant does to the deployment, without what it proves. */
export type Change = Pick<Mutant, 'id' | 'part' | 'file' | 'find' | 'replace'>

export function mutant(definition: Mutant): Mutant {
  return definition
}

export function isMutant(value: unknown): value is Mutant {
  return typeof value === 'object' && value !== null && 'kills' in value && 'find' in value && 'replace' in value
}
