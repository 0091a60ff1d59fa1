import { z } from 'zod'
import { nearest, UsageError } from '../kernel/index.ts'
import type { Slice } from '../slice.ts'

/** Ids separated by commas; none when the option is left out. */
export const idList = z
  .string()
  .transform((ids) => ids.split(',').map((id) => id.trim()))
  .default([])

/**
 * Refuses a misspelt id: looking at nothing because of a typing error must not look like a result.
 *
 * @param path the command and its option, for the message
 * @param wanted what such an id names, and `list` the command that lists them
 * @throws UsageError with the nearest known id
 */
export function demandKnown(
  path: string,
  ids: readonly string[],
  { known, wanted, list }: { known: readonly string[]; wanted: string; list: string },
): void {
  const strange = ids.find((id) => !known.includes(id))
  if (strange === undefined) return
  const near = nearest(strange, known)
  throw new UsageError({
    path,
    given: JSON.stringify(strange),
    wanted,
    mend: near === undefined ? `Run \`${list}\` for a list.` : `Did you mean ${near}?`,
  })
}

/**
 * Holds `--only` to the checks, probes and rules of these practices.
 *
 * @throws UsageError for an id that none of them has
 */
export async function demandChecks(command: string, ids: readonly string[], slices: readonly Slice[]): Promise<void> {
  if (ids.length === 0) return
  const checks = (await Promise.all(slices.map((slice) => slice.checks()))).flat()
  const known = checks.flatMap(({ thing }) => [thing.id, ...thing.rules.map((rule) => rule.id)])
  const wanted = 'the id of a check, a probe or a rule'
  demandKnown(`${command} --only`, ids, { known, wanted, list: 'seatrial explain' })
}
