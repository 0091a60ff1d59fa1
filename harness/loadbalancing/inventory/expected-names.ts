import { ipOf, isInZone, isReverse, pointerName } from './addresses.ts'
import { dnsName, placeIn, type Host, type Inventory } from './inventory.ts'

/** What DNS should say of a name, after the inventory. */
export interface ExpectedName {
  readonly name: string
  readonly zone: string
  readonly kind: 'address' | 'pointer'
  /** Addresses, all of which it has; or names, one of which a pointer leads to. */
  readonly values: readonly string[]
  /** Where the inventory says it. */
  readonly inventory: string
  /** It must be there. The short name of a host may be, and must be right then. */
  readonly required: boolean
}

/** Every name of the inventory's hosts in these zones; a name in several belongs to the innermost. */
export function expectedNames(inventory: Inventory, zones: readonly string[]): readonly ExpectedName[] {
  const forward = zones.filter((zone) => !isReverse(zone))
  const reverse = zones.filter(isReverse)
  const found = new Map<string, ExpectedName>()
  const add = (expected: ExpectedName): void => {
    const known = found.get(expected.name)
    const values = [...new Set([...(known?.values ?? []), ...expected.values])]
    const required = expected.required || known?.required === true
    // Of several hosts with one name the first says where.
    found.set(expected.name, { ...(known ?? expected), values, required })
  }
  for (const host of inventory.hosts) {
    const ips = addressesOf(host)
    if (ips.length === 0) continue
    for (const { value: name, line } of host.names) {
      const zone = innermost(name, forward)
      if (zone === undefined) continue
      const place = placeIn(inventory.file, line)
      add({ name, zone, kind: 'address', values: ips, inventory: place, required: true })
    }
    const place = placeIn(inventory.file, host.line)
    for (const zone of host.name.includes('.') ? [] : forward) {
      const name = dnsName(`${host.name}.${zone}`)
      add({ name, zone, kind: 'address', values: ips, inventory: place, required: false })
    }
    for (const ip of ips) {
      const name = pointerName(ip) ?? ''
      const zone = innermost(name, reverse)
      if (zone === undefined) continue
      const values = [
        ...host.names.map(({ value }) => value),
        ...forward.map((each) => dnsName(`${host.name}.${each}`)),
      ]
      add({ name, zone, kind: 'pointer', values, inventory: place, required: host.names.length > 0 })
    }
  }
  return [...found.values()]
}

/** Addresses of a host that are known without asking anybody. */
export function addressesOf({ addresses }: Host): readonly string[] {
  return addresses.flatMap(({ value }) => ipOf(value) ?? [])
}

function innermost(name: string, zones: readonly string[]): string | undefined {
  return zones.filter((zone) => isInZone(name, zone)).toSorted((a, b) => b.length - a.length)[0]
}
