import { isInZone } from './addresses.ts'
import type { ExpectedName } from './expected-names.ts'
import type { WrittenZone, ZoneEntry } from './zones.ts'

/** A difference between the inventory and DNS. */
export interface NameDrift {
  readonly kind: 'missing' | 'surplus' | 'differs'
  readonly name: string
  readonly place: string
  readonly inventory: string
  readonly told: string
  readonly is: string
}

/** Every difference of the zones, in the order of the inventory, then of the zones' files. */
export function compareZones(
  file: string,
  expected: readonly ExpectedName[],
  zones: readonly WrittenZone[],
): readonly NameDrift[] {
  const byName = Map.groupBy(
    zones.flatMap(({ entries }) => entries),
    ({ name }) => name,
  )
  const known = new Set(expected.map(({ name }) => name))
  const drifts = expected.flatMap((each) => {
    const title = zones.find(({ zone }) => zone === each.zone)?.title ?? each.zone
    return compareName(each, valuesOf(each, byName), byName.get(each.name)?.[0]?.place ?? title)
  })
  const unknown = zones.flatMap(({ zone, entries, others }) => {
    const strange = entries.filter(
      ({ name, type }) => type !== 'CNAME' && isInZone(name, zone) && !known.has(name) && !others.includes(name),
    )
    return [...Map.groupBy(strange, ({ name }) => name)].map(([name, these]): NameDrift => {
      const place = these[0]?.place ?? ''
      const is = these.map(({ value }) => value).join(', ')
      return { kind: 'surplus', name, place, inventory: file, told: 'nothing', is }
    })
  })
  return [...drifts, ...unknown]
}

/** What a name has against what the inventory says of it. */
export function compareName(
  { name, kind, values, inventory, required }: ExpectedName,
  has: readonly { readonly value: string; readonly place?: string }[],
  title: string,
): readonly NameDrift[] {
  if (has.length === 0 && !required) return []
  const strange = has.filter(({ value }) => !values.includes(value))
  const lacking = kind === 'pointer' ? [] : values.filter((value) => !has.some((each) => each.value === value))
  if (has.length > 0 && strange.length === 0 && lacking.length === 0) return []
  const drift = {
    name,
    place: strange[0]?.place ?? title,
    inventory,
    told: values.join(kind === 'pointer' ? ' or ' : ', '),
    is: has.length === 0 ? 'nothing' : has.map(({ value }) => value).join(', '),
  }
  if (strange.length === 0) return [{ kind: 'missing', ...drift }]
  return [{ kind: lacking.length === 0 && kind === 'address' ? 'surplus' : 'differs', ...drift }]
}

const furthest = 8

/** The values of a name in the files, through other names (CNAME) as far as the files tell. */
function valuesOf(
  { name, kind }: ExpectedName,
  byName: ReadonlyMap<string, readonly ZoneEntry[]>,
): readonly { readonly value: string; readonly place: string }[] {
  let at = name
  let led: string | undefined
  for (let way = 0; way < furthest; way++) {
    const entries = byName.get(at) ?? []
    const other = entries.find(({ type }) => type === 'CNAME')
    if (other === undefined) {
      const own = entries.filter(({ type }) => (type === 'PTR') === (kind === 'pointer'))
      return own.map(({ value, place }) => ({ value, place: led ?? place }))
    }
    led ??= other.place
    if (!byName.has(other.value)) return [{ value: other.value, place: led }]
    at = other.value
  }
  return []
}
