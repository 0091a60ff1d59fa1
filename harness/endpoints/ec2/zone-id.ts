import { zonesOf } from './regions.ts'
import type { Region } from './store.ts'

const known = new WeakMap<Region, ReadonlyMap<string, string>>()

/** The id of a zone by its name, `use1-az6` of `us-east-1a`; undefined for a zone that the region does not have. */
export function zoneId(zone: string, region: Region): string | undefined {
  let ids = known.get(region)
  if (ids === undefined) {
    ids = new Map(zonesOf(region.name, region.world.seed).map(({ name, id }) => [name, id]))
    known.set(region, ids)
  }
  return ids.get(zone)
}
