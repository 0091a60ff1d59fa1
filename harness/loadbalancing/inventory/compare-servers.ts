import { ipOf } from './addresses.ts'
import { dnsName, placeIn, type Host, type Inventory, type Told } from './inventory.ts'
import type { Balanced, BalancedServer } from './servers/side.ts'

/** A pool by its name in the balancer and its name in the inventory. */
export interface PoolPair {
  readonly balancer: string
  readonly inventory: string
}

/** A difference between the inventory and a balancer. */
export interface ServerDrift {
  readonly kind: 'missing' | 'surplus' | 'differs'
  /** `app/app-1`, or `app/10.0.0.11:8080` where servers have no names. */
  readonly server: string
  /** Where the balancer says it, or does not. */
  readonly place: string
  /** Where the inventory says it, or does not. */
  readonly inventory: string
  /** address, port, weight or backup; all of it for one that is missing or too many. */
  readonly what: string
  readonly told: string
  readonly is: string
}

/** The pools of the inventory that belong to those of a balancer: as named, or by their names in any case. */
export function pairPools(
  { hosts }: Inventory,
  balanced: Balanced,
  named: readonly string[] | Readonly<Record<string, string>> | undefined,
): readonly PoolPair[] {
  if (named !== undefined) {
    const pairs = Array.isArray(named) ? named.map((name) => [name, name] as const) : Object.entries(named)
    return pairs.map(([balancer, inventory]) => ({ balancer, inventory }))
  }
  const known = new Set(hosts.flatMap(({ pools }) => pools))
  return balanced.pools.map(({ name }) => {
    const same = known.has(name) ? name : [...known].find((each) => each.toLowerCase() === name.toLowerCase())
    return { balancer: name, inventory: same ?? name }
  })
}

/** Every difference of the pools, in the order of the inventory, then of the balancer. */
export function compareServers(
  inventory: Inventory,
  balanced: Balanced,
  pairs: readonly PoolPair[],
): readonly ServerDrift[] {
  return pairs.flatMap((pair) => comparePool(inventory, balanced, pair))
}

function comparePool(inventory: Inventory, balanced: Balanced, pair: PoolPair): ServerDrift[] {
  const sameName = (name: string): boolean => name.toLowerCase() === pair.balancer.toLowerCase()
  const poolThere = balanced.pools.find(({ name }) => sameName(name))
  if (poolThere?.found === true) return []
  const hosts = inventory.hosts.filter(({ pools }) => pools.includes(pair.inventory))
  const servers = balanced.servers.filter(({ pool }) => sameName(pool))
  const matched = matchAll(hosts, servers)
  const weighed = hosts.some(({ weight }) => weight !== undefined)
  const drifts = hosts.flatMap((host): ServerDrift[] => {
    const server = matched.get(host)
    if (server !== undefined) return differences(host, server, weighed, inventory.file)
    const told = `${host.addresses[0]?.value ?? ''}${host.port === undefined ? '' : `:${host.port.value}`}`
    const place = placeIn(inventory.file, host.line)
    return [
      {
        kind: 'missing',
        server: `${pair.balancer}/${host.name}`,
        place: poolThere?.place ?? balanced.title,
        inventory: place,
        what: 'server',
        told,
        is: 'nothing',
      },
    ]
  })
  const taken = new Set(matched.values())
  const surplus = servers.filter((server) => server.host !== undefined && !taken.has(server))
  return [
    ...drifts,
    ...surplus.map((server): ServerDrift => {
      const { place } = server
      const is = addressText(server)
      const about = { server: idOf(server), place, inventory: inventory.file, what: 'server' }
      return { kind: 'surplus', ...about, told: 'nothing', is }
    }),
  ]
}

const addressText = ({ host = '', port }: BalancedServer): string => (port === undefined ? host : `${host}:${port}`)

const idOf = (server: BalancedServer): string => `${server.pool}/${server.name ?? addressText(server)}`

/** Who belongs to whom: by name, then by address and port, then by the address alone. Nobody belongs to two. */
function matchAll(hosts: readonly Host[], servers: readonly BalancedServer[]): ReadonlyMap<Host, BalancedServer> {
  const matched = new Map<Host, BalancedServer>()
  const free = new Set(servers)
  const ways: readonly ((host: Host, server: BalancedServer) => boolean)[] = [
    (host, { name }) => name !== undefined && name === host.name,
    (host, server) => hasAddress(host, server.host) && host.port?.value === server.port,
    (host, server) => hasAddress(host, server.host),
  ]
  for (const fits of ways) {
    for (const host of hosts) {
      if (matched.has(host)) continue
      for (const server of free) {
        if (!fits(host, server)) continue
        matched.set(host, server)
        free.delete(server)
        break
      }
    }
  }
  return matched
}

/** An address of the host, however it is written, or one of its names. */
function hasAddress({ name, addresses, names }: Host, text: string | undefined): boolean {
  if (text === undefined) return false
  const ip = ipOf(text)
  if (ip !== undefined) return addresses.some(({ value }) => ipOf(value) === ip)
  const asked = dnsName(text)
  return [name, ...addresses.map(({ value }) => value), ...names.map(({ value }) => value)].some(
    (each) => dnsName(each) === asked,
  )
}

function differences(host: Host, server: BalancedServer, weighed: boolean, file: string): ServerDrift[] {
  const drift = (what: string, told: Told<unknown>, is: unknown): ServerDrift => ({
    kind: 'differs',
    server: idOf(server),
    place: server.place,
    inventory: placeIn(file, told.line),
    what,
    told: String(told.value),
    is: String(is),
  })
  const drifts: ServerDrift[] = []
  const [first] = host.addresses
  const { host: is } = server
  // Of a host whose address is a name nobody knows here which address that is.
  const comparable = ipOf(is ?? '') === undefined || host.addresses.some(({ value }) => ipOf(value) !== undefined)
  if (first !== undefined && is !== undefined && comparable && !hasAddress(host, is))
    drifts.push(drift('address', first, is))
  if (host.port !== undefined && is !== undefined && host.port.value !== server.port)
    drifts.push(drift('port', host.port, server.port ?? 'that of the client'))
  // Where one host of a pool has a weight, the others have one, which is 1.
  const weight = host.weight ?? { value: 1, line: host.line }
  if (weighed && server.weight !== undefined && weight.value !== server.weight)
    drifts.push(drift('weight', weight, server.weight))
  if (host.backup !== undefined && server.backup !== undefined && host.backup.value !== server.backup)
    drifts.push(drift('backup', host.backup, server.backup))
  return drifts
}
