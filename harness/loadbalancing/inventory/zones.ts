import { parseZone, type Problem, type Reader } from '../config/index.ts'
import { ipOf } from './addresses.ts'
import { dnsName, placeIn } from './inventory.ts'

/** A record of a zone file that an inventory may speak of. Names are without the dot at their end, in lower case. */
export interface ZoneEntry {
  readonly name: string
  readonly type: 'A' | 'AAAA' | 'PTR' | 'CNAME'
  /** An address in one way to write it, or a name. */
  readonly value: string
  readonly place: string
}

/** A zone file as it is compared. */
export interface WrittenZone {
  readonly zone: string
  readonly title: string
  readonly entries: readonly ZoneEntry[]
  /** Names that are there beside those of the inventory. */
  readonly others: readonly string[]
  readonly problems: readonly Problem[]
}

export interface ZoneOptions {
  readonly zone: string
  readonly others?: readonly string[]
}

export function readZone(text: string, file: string, { zone, others = [] }: ZoneOptions, read: Reader): WrittenZone {
  const origin = dnsName(zone)
  const { records, problems } = parseZone(text, file, { origin: `${origin}.`, read })
  const entries = records.flatMap(({ name, data, file: inside, line, class: family }): ZoneEntry[] => {
    if (family !== 'IN') return []
    const at = { name: dnsName(name), place: placeIn(inside, line) }
    if (data.type === 'A' || data.type === 'AAAA')
      return [{ ...at, type: data.type, value: ipOf(data.address) ?? data.address }]
    if (data.type === 'PTR' || data.type === 'CNAME') return [{ ...at, type: data.type, value: dnsName(data.target) }]
    return []
  })
  const absolute = (name: string): string => {
    const given = dnsName(name)
    if (given === '@') return origin
    return name.endsWith('.') || given === origin || given.endsWith(`.${origin}`) ? given : `${given}.${origin}`
  }
  return {
    zone: origin,
    title: file,
    entries,
    others: others.map(absolute),
    problems: problems.filter(({ level }) => level === 'refused'),
  }
}
