import { compareName, compareZones, type NameDrift } from './compare-names.ts'
import { compareServers, pairPools, type ServerDrift } from './compare-servers.ts'
import { placeIn } from './inventory.ts'
import { compareDeclarations } from './named-conf.ts'
import { namesOf, type InventorySeen } from './seen.ts'

/** Servers of balancers, written or running, against the inventory. */
export function serverDrifts(
  { inventory }: InventorySeen,
  balancers: InventorySeen['balancers'],
): readonly ServerDrift[] {
  return balancers.flatMap(({ balanced, pools }) =>
    compareServers(inventory, balanced, pairPools(inventory, balanced, pools)),
  )
}

/** Pools of the inventory that no balancer has, where nobody says which pools there are. */
export function unusedPools({ inventory, balancers }: InventorySeen) {
  if (balancers.length === 0 || balancers.some(({ pools }) => pools !== undefined)) return []
  const used = balancers.flatMap(({ balanced }) => pairPools(inventory, balanced, undefined))
  const members = inventory.hosts.flatMap((host) => host.pools.map((pool) => ({ pool, line: host.line })))
  return [...Map.groupBy(members, ({ pool }) => pool)]
    .filter(([pool]) => !used.some((pair) => pair.inventory === pool))
    .map(([pool, hosts]) => ({
      pool,
      hosts: hosts.length,
      inventory: inventory.file,
      place: placeIn(inventory.file, hosts[0]?.line ?? 1),
    }))
}

/** Zone files against the inventory. Without zones there is nothing to compare names with. */
export function nameDrifts(seen: InventorySeen): readonly NameDrift[] {
  const { inventory, zones } = seen
  return zones.length === 0 ? [] : compareZones(inventory.file, namesOf(seen), zones)
}

/** named.conf against the zones that are compared. */
export function declarationDrifts({ zones, namedConf }: InventorySeen) {
  if (namedConf === undefined) return []
  return compareDeclarations(zones, namedConf).map((drift) => ({ ...drift, namedConf: namedConf.title }))
}

/** Answers of a name server that runs against the inventory. */
export function runningNameDrifts({ running }: InventorySeen): readonly NameDrift[] {
  return running.names.flatMap(({ server, expected, values }) => {
    const has = values.map((value) => ({ value, place: server }))
    return compareName(expected, has, server)
  })
}
