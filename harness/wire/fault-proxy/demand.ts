import { UsageError } from '../../kernel/index.ts'

/**
 * Holds a toxic's numbers to what they can mean, under the option's name.
 *
 * @throws UsageError
 */
export function demand(
  name: string,
  given: number,
  { least, whole = false }: { least: number; whole?: boolean },
): void {
  if (Number.isFinite(given) && given >= least && (!whole || Number.isInteger(given))) return
  throw new UsageError({
    path: name,
    given: String(given),
    wanted: `a ${whole ? 'whole ' : ''}number from ${least} up`,
  })
}
