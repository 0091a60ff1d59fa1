import { z } from 'zod'
import { messageOf, SeatrialError } from '../../kernel/index.ts'

/** How an echo server behaves; what is left out is as it was at the beginning. */
export interface Behaviour {
  /** False: connections are refused, and those that were open are reset. */
  readonly listening?: boolean
  readonly status?: number
  /** Milliseconds before each answer. */
  readonly delayMs?: number
  /** Requests are taken and never answered. */
  readonly silent?: boolean
  readonly fields?: readonly (readonly [name: string, value: string])[]
  readonly healthStatus?: number
}

const arrived = z.object({
  visit: z.string(),
  /** Number of the connection of that server, from 1. */
  connection: z.number(),
  method: z.string(),
  target: z.string(),
  fields: z.array(z.tuple([z.string(), z.string()])),
  /** Milliseconds, by the clock of the servers. */
  at: z.number(),
  end: z.enum(['answered', 'left', 'pending']),
})

/** A request as an echo server saw it. `left`: nobody waited for the answer any more. */
export type Arrived = z.infer<typeof arrived>

const arrivals = z.object({ connections: z.number(), open: z.number(), requests: z.array(arrived) })

/** What an echo server saw: health checks are among its connections, and never among its requests. */
export type Arrivals = z.infer<typeof arrivals>

/** The control channel of `fixtures/images/peers`. All calls throw SeatrialError `SEATRIAL_PEERS` (unsettled: setup). */
export interface Peers {
  /** Opens servers; the ports that they listen on, by name. */
  readonly open: (names: readonly string[]) => Promise<ReadonlyMap<string, number>>
  readonly close: (names: readonly string[]) => Promise<void>
  readonly behave: (behaviours: Readonly<Record<string, Behaviour>>) => Promise<void>
  readonly seen: (names: readonly string[]) => Promise<Readonly<Record<string, Arrivals>>>
  readonly forget: (names: readonly string[]) => Promise<void>
}

export function connectPeers(
  { host, port }: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Peers {
  const call = async (method: string, path: string, content: unknown): Promise<unknown> => {
    try {
      const response = await fetch(`http://${host}:${port}${path}`, { method, body: JSON.stringify(content), signal })
      const given: unknown = await response.json()
      if (response.ok) return given
      throw new Error(JSON.stringify(given))
    } catch (error) {
      signal.throwIfAborted()
      throw new SeatrialError(
        'SEATRIAL_PEERS',
        `the servers behind the balancer did not ${path}: ${messageOf(error)}`,
        {
          mend: 'Look at the log of the container "peers".',
          because: 'setup',
          cause: error,
        },
      )
    }
  }
  return {
    async open(names) {
      const ports = z.record(z.string(), z.number()).parse(await call('POST', '/servers', { names }))
      return new Map(Object.entries(ports))
    },
    async close(names) {
      await call('DELETE', '/servers', { names })
    },
    async behave(behaviours) {
      await call('POST', '/behaviour', behaviours)
    },
    async seen(names) {
      return z.record(z.string(), arrivals).parse(await call('POST', '/seen', { names }))
    },
    async forget(names) {
      await call('POST', '/forget', { names })
    },
  }
}
