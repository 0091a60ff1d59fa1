import { relative } from 'node:path'
import process from 'node:process'
import { slices } from '../../harness/registry.ts'
import type { Slice } from '../../harness/slice.ts'

/**
 * What is wrong with the list of slices and all that they bring, one sentence each:
 * - ids of slices, checks, rules and mutants are unique, and begin with their slice;
 * - every rule belongs to one check, so that a finding tells where to look;
 * - every mutant is killed by a rule that exists.
 */
export async function registryTroubles(all: readonly Slice[]): Promise<string[]> {
  const kinds = { slice: new Owners(), check: new Owners(), rule: new Owners(), mutant: new Owners() }
  const troubles: string[] = []
  const own = (kind: keyof typeof kinds, id: string, owner: string, slice: string): void => {
    const before = kinds[kind].add(id, owner)
    if (before !== undefined) troubles.push(`${kind} ${id} is there twice: in ${before} and in ${owner}`)
    if (kind !== 'slice' && !id.startsWith(`${slice}/`)) {
      troubles.push(`${kind} ${id} in ${owner} does not begin with ${slice}/`)
    }
  }
  for (const { id: slice, checks, mutants } of all) {
    own('slice', slice, 'harness/registry.ts', slice)
    const [foundChecks, foundMutants] = await Promise.all([checks(), mutants()])
    for (const { file, thing } of foundChecks) {
      const owner = relative(process.cwd(), file)
      own('check', thing.id, owner, slice)
      for (const { id } of thing.rules) own('rule', id, owner, slice)
    }
    for (const { file, thing } of foundMutants) {
      const owner = relative(process.cwd(), file)
      own('mutant', thing.id, owner, slice)
      if (!kinds.rule.has(thing.kills))
        troubles.push(`mutant ${thing.id} kills ${thing.kills}, which no check declares`)
    }
    if (foundChecks.length === 0) troubles.push(`slice ${slice} has no checks`)
  }
  if (all.length === 0) troubles.push('the registry lists no slice')
  return troubles
}

class Owners {
  readonly #owners = new Map<string, string>()

  /** Returns who has the id already. */
  add(id: string, owner: string): string | undefined {
    const before = this.#owners.get(id)
    if (before === undefined) this.#owners.set(id, owner)
    return before
  }

  has(id: string): boolean {
    return this.#owners.has(id)
  }
}

if (import.meta.main) {
  const troubles = await registryTroubles(slices)
  for (const trouble of troubles) process.stdout.write(`${trouble}\n`)
  process.exitCode = troubles.length === 0 ? 0 : 1
}
