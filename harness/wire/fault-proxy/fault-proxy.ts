import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { Clock } from '../../kernel/index.ts'
import { messageOf, SeatrialError, systemClock } from '../../kernel/index.ts'
import type { Connection } from './connection.ts'
import { tie } from './connection.ts'
import { demandOwn } from './own-addresses.ts'
import type { Toxic } from './toxic.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

export interface FaultProxyOptions {
  /** Where connections are carried to. */
  readonly to: Address
  /** Where they are taken; a free port of 127.0.0.1 unless said. */
  readonly listen?: Address
  /** Everything random is drawn from this; 1 unless said. */
  readonly seed?: number
  /** Hosts besides loopback that belong to this trial: addresses of its machines, the gateway of its network. */
  readonly own?: readonly string[]
  readonly clock?: Clock
}

export interface ConnectionCounts {
  readonly open: number
  readonly total: number
  /** Bytes that were sent on to the server, over all connections. */
  readonly bytesUp: number
  /** Bytes that were sent on to who connected. */
  readonly bytesDown: number
}

/** A toxic in effect. Disposing undoes it, on open connections too; a second time does nothing. */
export interface ToxicHandle extends AsyncDisposable {
  readonly description: string
}

export interface FaultProxy extends AsyncDisposable {
  /** What to connect to instead of the server. */
  readonly address: Address
  readonly connections: ConnectionCounts
  /** In effect at once: for what comes over open connections, and for new ones. */
  readonly add: (toxic: Toxic) => Promise<ToxicHandle>
  /** Breaks every open connection (RST both ways). */
  readonly cut: () => void
  /**
   * Carries connections from now on to another server, as a virtual address that moves; open ones stay where they are.
   *
   * @throws UsageError for a host that is neither loopback nor said to be the trial's own
   */
  readonly pointTo: (to: Address) => void
}

/**
 * A TCP proxy that carries bytes as they are, half-close and RST included, until toxics are
 * added. Disposing it closes its port and every connection.
 *
 * @example
 * await using proxy = await startFaultProxy({ to: { host: '127.0.0.1', port: 5432 } })
 * await using slow = await proxy.add(delay({ latencyMs: 100 }))
 * @throws UsageError for a host that is neither loopback nor said to be the trial's own
 * @throws SeatrialError `SEATRIAL_FAULT_PROXY` when the port cannot be listened on
 */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { listen = { host: '127.0.0.1', port: 0 }, seed = 1, own = [], clock = systemClock } = options
  let { to } = options
  demandOwn('faultProxy.to.host', to.host, own)
  demandOwn('faultProxy.listen.host', listen.host, own)
  const toxics = new Set<Toxic>()
  const connections = new Set<Connection>()
  const bytes = { up: 0, down: 0 }
  let total = 0

  const accept = (client: Socket): void => {
    total += 1
    const server = connect({ ...to, allowHalfOpen: true, noDelay: true })
    const passed = (way: 'up' | 'down', count: number): void => void (bytes[way] += count)
    const connection = tie({ id: total, client, server, clock, seed, passed })
    connections.add(connection)
    void connection.closed.then(() => connections.delete(connection))
    for (const toxic of toxics) connection.add(toxic)
  }
  const listener = createServer({ allowHalfOpen: true, noDelay: true }, accept)
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(listen.port, listen.host, resolve)
  }).catch((cause: unknown) => {
    throw new SeatrialError('SEATRIAL_FAULT_PROXY', `no listening on ${listen.host} port ${listen.port}`, {
      mend: `Take another port (0 takes a free one): ${messageOf(cause)}.`,
      because: 'setup',
      cause,
    })
  })
  // A TCP server's address is never a string or null once it listens.
  const { port } = listener.address() as AddressInfo

  return {
    address: { host: listen.host, port },
    get connections() {
      return { open: connections.size, total, bytesUp: bytes.up, bytesDown: bytes.down }
    },
    async add(toxic) {
      // Its own object each time: the same toxic may be added twice and undone one by one.
      const added: Toxic = { ...toxic }
      toxics.add(added)
      for (const connection of connections) connection.add(added)
      return {
        description: `${listen.host}:${port} ${toxic.description}`,
        async [Symbol.asyncDispose]() {
          if (!toxics.delete(added)) return
          for (const connection of connections) connection.remove(added)
        },
      }
    },
    cut() {
      for (const connection of connections) connection.end('reset')
    },
    pointTo(next) {
      demandOwn('faultProxy.to.host', next.host, own)
      to = next
    },
    async [Symbol.asyncDispose]() {
      toxics.clear()
      const closed = [...connections].map((connection) => connection.closed)
      for (const connection of connections) connection.destroy()
      // A second disposal finds the port closed already.
      await new Promise<void>((resolve) => listener.close(() => resolve()))
      await Promise.all(closed)
    },
  }
}
