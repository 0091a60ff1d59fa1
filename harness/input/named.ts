import { nearest, UsageError } from '../kernel/index.ts'

/**
 * The thing that people mean by a name.
 *
 * @param path where the name stands
 * @throws UsageError with the nearest name
 */
export function named<T extends { readonly id: string }>(things: readonly T[], id: string, path: string): T {
  const found = things.find((each) => each.id === id)
  if (found !== undefined) return found
  const ids = things.map((each) => each.id)
  const near = nearest(id, ids)
  throw new UsageError({
    path,
    given: JSON.stringify(id),
    wanted: `one of ${ids.join(', ')}`,
    ...(near !== undefined && { mend: `Did you mean ${near}?` }),
  })
}
