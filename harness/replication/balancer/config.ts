/** Ports of the balancer, inside its container. */
export const balancerPorts = { writes: 3307, reads: 3308, admin: 9999 } as const

/**
 * Who decides where writes go. `checks`: the first node whose port is open, the others being backups, as tutorials have
 * it. `promotion`: whoever promotes a node says so on the admin socket, and nothing else changes it.
 */
export type WritesLedBy = 'checks' | 'promotion'

export interface BalancerConfig {
  /** Host names on the network; the first is the primary. */
  readonly nodes: readonly string[]
  readonly port: number
  readonly writesLedBy: WritesLedBy
  /** Only replicas that are found fit are read from; else every node whose port is open. */
  readonly replicasWatched: boolean
}

/**
 * HAProxy in tcp mode with two ports. A node whose port is closed is found by the check in both; sessions of a server
 * that goes down are broken, so that their clients connect again and get another.
 */
export function balancerConfig({ nodes, port, writesLedBy, replicasWatched }: BalancerConfig): string {
  const [primary] = nodes
  const server = (name: string, ...words: readonly string[]): string =>
    ['  server', name, `${name}:${port}`, 'check', ...words].join(' ')
  const writes = nodes.map((name) =>
    name === primary ? server(name) : server(name, writesLedBy === 'checks' ? 'backup' : 'disabled'),
  )
  const reads = nodes.map((name) => server(name, ...(replicasWatched && name === primary ? ['disabled'] : [])))
  return `global
  # Reached over the private network of the cluster, and published on loopback.
  stats socket ipv4@*:${balancerPorts.admin} level admin

defaults
  mode tcp
  timeout connect 500ms
  timeout client 1h
  timeout server 1h
  retries 2
  option redispatch 1
  default-server inter 200ms fall 2 rise 2 on-marked-down shutdown-sessions

listen writes
  bind :${balancerPorts.writes}
${writes.join('\n')}

listen reads
  bind :${balancerPorts.reads}
  balance roundrobin
${reads.join('\n')}
`
}
