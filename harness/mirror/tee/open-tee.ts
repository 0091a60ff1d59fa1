import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Dispatcher } from 'undici'
import { systemClock, UsageError } from '../../kernel/index.ts'
import type { Copy } from '../copies/copy.ts'
import type { Asked } from '../exchange.ts'
import { carry } from './carry.ts'
import { endToEnd } from '../end-to-end.ts'
import { tunnel } from './tunnel.ts'

/** Where a request came from. */
export interface From {
  readonly address: string
  /** The same thing for all requests of one connection. */
  readonly connection: object
}

export interface TeeOptions {
  readonly listen: { readonly host: string; readonly port: number }
  readonly primary: { readonly url: URL; readonly pool: Dispatcher }
  /** Asked once for each request; the copy that wants to hear of it, if any. */
  readonly copyOf: (asked: Asked, from: From) => Copy | undefined
  /** Told of each connection that became something else, which nobody copies. */
  readonly tunnelled: (asked: Asked) => void
}

/** A reverse proxy that stands before the primary. */
export interface Tee {
  readonly url: URL
  /** Takes no new connection, lets what is under way end for so many milliseconds, then closes the rest. */
  readonly close: (graceMs: number) => Promise<void>
}

/** Bytes of a request's head; Node's own limit is a quarter of what servers take. */
const maxHeaderSize = 64 * 1_024

/** @throws UsageError when nobody can listen there */
export async function openTee({ listen, primary, copyOf, tunnelled }: TeeOptions): Promise<Tee> {
  const server = createServer({
    maxHeaderSize,
    // Whatever limit there is, is the primary's.
    requestTimeout: 0,
    headersTimeout: 0,
    keepAliveTimeout: 0,
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
  })
  const asked = ({ method = 'GET', url = '/', rawHeaders }: IncomingMessage): Asked => ({
    method,
    target: url,
    fields: endToEnd(rawHeaders),
  })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const what = asked(request)
    const copy = copyOf(what, { address: request.socket.remoteAddress ?? '', connection: request.socket })
    carry(request, response, { asked: what, primary: primary.pool, copy })
  })
  const tunnels = new Set<Duplex>()
  server.on('upgrade', (request, socket, head) => {
    tunnels.add(socket)
    socket.on('close', () => tunnels.delete(socket))
    tunnelled(asked(request))
    tunnel(request, socket, { head, primary: primary.url })
  })
  server.listen({ host: listen.host, port: listen.port })
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new UsageError({
      path: 'listen',
      given: `${listen.host}:${listen.port}`,
      wanted: 'an address of this machine with a free port',
      cause: error,
    })
  }
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : listen.port
  const host = listen.host.includes(':') ? `[${listen.host}]` : listen.host
  return {
    url: new URL(`http://${host}:${port}`),
    async close(graceMs) {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      const rest = new AbortController()
      const late = systemClock.pause(graceMs, rest.signal).then(
        () => {
          server.closeAllConnections()
          for (const socket of tunnels) socket.destroy()
        },
        () => undefined,
      )
      await closed
      rest.abort()
      await late
    },
  }
}
