import type { Problem } from '../config/index.ts'
import { addressesOf, expectedNames } from './expected-names.ts'
import type { GeneratedFiles } from './generated-files.ts'
import { placeIn, type Inventory } from './inventory.ts'
import type { NamedConf } from './named-conf.ts'
import { readNamedConf } from './named-conf.ts'
import { readInventory } from './read-inventory.ts'
import type { NameAnswer } from './running/name-server.ts'
import type { InventoryEntry } from './section.ts'
import { serverReaders } from './servers/all.ts'
import type { Balanced, Uncompared } from './servers/side.ts'
import type { WrittenZone } from './zones.ts'
import { readZone } from './zones.ts'

type Pools = InventoryEntry['balancers'][number]['pools']

/** The servers of a balancer, and which pools of them are compared. */
export interface ComparedBalancer {
  readonly balanced: Balanced
  readonly pools: Pools
}

/** The inventory, what was generated from it, and what runs. */
export interface InventorySeen {
  readonly inventory: Inventory
  readonly balancers: readonly ComparedBalancer[]
  readonly zones: readonly WrittenZone[]
  readonly namedConf: NamedConf | undefined
  readonly running: {
    readonly balancers: readonly ComparedBalancer[]
    readonly names: readonly NameAnswer[]
  }
  /** What programs would not start with. */
  readonly problems: readonly Problem[]
  readonly uncompared: readonly Uncompared[]
}

/**
 * The inventory and what is generated from it.
 *
 * @throws UsageError, or an AggregateError of several, for an inventory that is wrong in itself
 */
export function readGenerated(entry: InventoryEntry, files: GeneratedFiles): InventorySeen {
  const inventory = readInventory(files.text(entry.file), entry.file)
  const written = entry.balancers.map(({ kind, config, pools }) => {
    const read = serverReaders[kind].read(files.text(config), config, files.readerFor(config))
    return { balanced: read, pools, problems: read.problems }
  })
  const zones = entry.zones.map((zone) => readZone(files.text(zone.file), zone.file, zone, files.readerFor(zone.file)))
  const { namedConf: name } = entry
  const namedConf =
    name === undefined
      ? undefined
      : readNamedConf(files.text(name), name, files.readerFor(name), (path) => files.find(name, path))
  return {
    inventory,
    balancers: written,
    zones,
    namedConf,
    running: { balancers: [], names: [] },
    problems: [...written, ...zones, ...(namedConf === undefined ? [] : [namedConf])].flatMap((each) => each.problems),
    uncompared: [
      ...inventory.open.map(({ value, line }) => ({ place: placeIn(inventory.file, line), what: value })),
      ...unresolved(inventory),
      ...written.flatMap(({ balanced }) => balanced.uncompared),
      ...files.elsewhere,
    ],
  }
}

/** Hosts with names, or with servers, whose address only DNS knows. */
function unresolved(inventory: Inventory): readonly Uncompared[] {
  return inventory.hosts
    .filter((host) => addressesOf(host).length === 0 && (host.names.length > 0 || host.pools.length > 0))
    .map(({ name, line }) => ({
      place: placeIn(inventory.file, line),
      what: `${name} has no IP address in the inventory`,
    }))
}

/** Names of the inventory in the zones that are compared; every name, when there is no zone. */
export function namesOf({ inventory, zones }: Pick<InventorySeen, 'inventory' | 'zones'>) {
  return expectedNames(inventory, zones.length === 0 ? [''] : zones.map(({ zone }) => zone))
}
