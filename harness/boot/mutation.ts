import { discover } from '../discover.ts'
import type { RuleId } from '../kernel/index.ts'

/**
 * What people do to a host, and what must find it: proof that the checks can fail. It is tried on the reference host of
 * `machine/reference-host.ts`, whose kernel and disks are real.
 */
export interface Mutation {
  readonly id: string
  /** What somebody did. */
  readonly title: string
  /** Script of /bin/sh, run on the root while nothing of it runs. */
  readonly script: string
  /** Disks that are taken away. */
  readonly without?: readonly ('one' | 'two')[]
  /** The boot will wait for a device that never comes: systemd is told to wait less. Never where an array may be degraded. */
  readonly waitsForDevice?: boolean
  /** Rules that must all be found by a boot; none where a boot shows nothing. */
  readonly afterBoot: readonly RuleId[]
  /** Rules that must all be found in the files, before any boot; none where the files are as they should be. */
  readonly inFiles: readonly RuleId[]
}

/** Declares a mutation; `mutations/fstab-line-lost.ts` is the model file. */
export function mutation(definition: Mutation): Mutation {
  return definition
}

function isMutation(value: unknown): value is Mutation {
  return typeof value === 'object' && value !== null && 'afterBoot' in value && 'inFiles' in value
}

/** All of them, by file name. */
export async function allMutations(): Promise<Mutation[]> {
  return (await discover(new URL('./mutations/', import.meta.url), isMutation)).map(({ thing }) => thing)
}
