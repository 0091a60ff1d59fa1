import type { Region } from '../store.ts'

/**
 * What other accounts show to this one in the same region. Namespaces of one account are tests that run beside each
 * other and see nothing of one another.
 */
export function sharedBy<T>(region: Region, shown: (other: Region) => readonly T[]): T[] {
  const found: T[] = []
  for (const namespace of region.world.namespaces()) {
    if (namespace.account.id !== region.accountId) found.push(...shown(namespace.region(region.name)))
  }
  return found
}
