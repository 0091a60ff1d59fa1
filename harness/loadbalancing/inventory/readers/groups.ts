import { show } from '../../../input/index.ts'
import { ipOf } from '../addresses.ts'
import { dnsName, type Host, type InventoryProblem, type InventoryRead, type Told } from '../inventory.ts'

/** Variables by their names: text, number, truth, list. */
export type Variables = Map<string, Told<unknown>>

/** A group of an Ansible inventory. */
export interface Group {
  readonly hosts: Map<string, number>
  readonly children: Map<string, number>
  readonly variables: Variables
}

/** An Ansible inventory, whichever way it is written. */
export interface Groups {
  readonly groups: Map<string, Group>
  /** Variables that are said beside the host itself. */
  readonly hosts: Map<string, Variables>
}

export function groupOf({ groups }: Groups, name: string): Group {
  const group = groups.get(name) ?? { hosts: new Map(), children: new Map(), variables: new Map() }
  groups.set(name, group)
  return group
}

const unnamed: readonly string[] = ['all', 'ungrouped']

/**
 * The hosts, their pools being their groups and those around them. Of a variable counts what stands nearest to the host: beside
 * it, then in a group, then in the groups around that; of groups equally near the last by name (Ansible, "How variables are merged").
 */
export function hostsOf(all: Groups): InventoryRead {
  const problems: InventoryProblem[] = []
  const open: Told<string>[] = []
  const depths = depthsOf(all, problems)
  const parents = parentsOf(all)
  const lines = new Map<string, number>()
  for (const { hosts } of all.groups.values()) {
    for (const [name, line] of hosts) lines.set(name, Math.min(line, lines.get(name) ?? Infinity))
  }
  const hosts = [...lines].map(([name, line]): Host => {
    const direct = [...all.groups].filter(([, group]) => group.hosts.has(name)).map(([each]) => each)
    const pools = around(direct, parents)
    const variables: Variables = new Map()
    const ordered = ['all', ...pools.filter((each) => each !== 'all')].toSorted(
      (a, b) => (depths.get(a) ?? 0) - (depths.get(b) ?? 0) || (a < b ? -1 : 1),
    )
    for (const each of ordered)
      for (const [key, told] of all.groups.get(each)?.variables ?? []) variables.set(key, told)
    for (const [key, told] of all.hosts.get(name) ?? []) variables.set(key, told)
    return hostOf(
      { name, line, pools: pools.filter((each) => !unnamed.includes(each)) },
      readerOf(variables, problems, open, name),
    )
  })
  return { hosts, open, problems }
}

type Read = <T>(names: readonly string[], wanted: string, as: (value: unknown) => T | undefined) => Told<T> | undefined

/** Reads variables of a host; a template is known to Ansible alone, and is noted. */
function readerOf(variables: Variables, problems: InventoryProblem[], open: Told<string>[], host: string): Read {
  return (names, wanted, as) => {
    const name = names.find((each) => variables.has(each)) ?? ''
    const told = variables.get(name)
    if (told === undefined || told.value === null) return undefined
    if (typeof told.value === 'string' && told.value.includes('{{')) {
      open.push({ value: `${name} of ${host} is a template`, line: told.line })
      return undefined
    }
    const value = as(told.value)
    if (value !== undefined) return { value, line: told.line }
    const given = show(told.value)
    // A variable of a group is wrong once, however many hosts have it.
    if (!problems.some((each) => each.line === told.line && each.path === name))
      problems.push({ line: told.line, path: name, given, wanted })
    return undefined
  }
}

function hostOf({ name, line, pools }: Pick<Host, 'name' | 'line' | 'pools'>, read: Read): Host {
  const said = read(['ansible_host'], 'an address or a name', textOf)
  const second = read(['address6'], 'an IPv6 address', (value) => {
    const ip = ipOf(textOf(value) ?? '')
    return ip?.includes(':') === true ? ip : undefined
  })
  const names = read(['names', 'dns_names'], 'a list of names', listOf)
  const own = name.includes('.') && ipOf(name) === undefined ? [{ value: dnsName(name), line }] : []
  return {
    name,
    line,
    pools,
    addresses: [said ?? { value: name, line }, ...(second === undefined ? [] : [second])],
    port: read(['port', 'http_port'], 'a port from 1 to 65535', (value) => within(value, 1, 65_535)),
    weight: read(['weight'], 'a weight from 0 to 65535', (value) => within(value, 0, 65_535)),
    backup: read(['backup'], 'true or false', truthOf) ?? { value: false, line },
    names: [...own, ...(names?.value ?? []).map((each) => ({ value: dnsName(each), line: names?.line ?? line }))],
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function within(value: unknown, least: number, most: number): number | undefined {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : -1
  return Number.isInteger(number) && number >= least && number <= most ? number : undefined
}

function truthOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (/^(?:true|yes|on|1)$/i.test(String(value))) return true
  return /^(?:false|no|off|0)$/i.test(String(value)) ? false : undefined
}

/** A list; or a text with commas or blanks, or as Python writes a list, which is how INI has one. */
function listOf(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    return items.every((each) => typeof each === 'string')
      ? items.filter((each) => typeof each === 'string')
      : undefined
  }
  if (typeof value !== 'string') return undefined
  return value
    .replaceAll(/[[\]'"]/g, ' ')
    .split(/[\s,]+/)
    .filter((each) => each !== '')
}

function parentsOf({ groups }: Groups): ReadonlyMap<string, readonly string[]> {
  const parents = new Map<string, string[]>()
  for (const [name, { children }] of groups)
    for (const child of children.keys()) parents.set(child, [...(parents.get(child) ?? []), name])
  return parents
}

function around(names: readonly string[], parents: ReadonlyMap<string, readonly string[]>): string[] {
  const found = new Set(names)
  for (const name of found) for (const parent of parents.get(name) ?? []) found.add(parent)
  return [...found]
}

/** How far each group is from the outermost, by the longest way. A group that leads back to itself is a problem. */
function depthsOf({ groups }: Groups, problems: InventoryProblem[]): ReadonlyMap<string, number> {
  const depths = new Map<string, number>()
  const go = (name: string, depth: number, inside: readonly string[]): void => {
    if ((depths.get(name) ?? -1) >= depth) return
    depths.set(name, depth)
    for (const [child, line] of groups.get(name)?.children ?? []) {
      if (child === name || inside.includes(child))
        problems.push({ line, path: name, given: `the child ${child}`, wanted: 'a group that it does not lie in' })
      else go(child, depth + 1, [...inside, name])
    }
  }
  const isChild = new Set([...groups.values()].flatMap(({ children }) => [...children.keys()]))
  for (const name of groups.keys()) if (!isChild.has(name) || name === 'all') go(name, name === 'all' ? 0 : 1, [])
  // Groups in a ring have nobody around them.
  for (const name of groups.keys()) if (!depths.has(name)) go(name, 1, [])
  return depths
}
