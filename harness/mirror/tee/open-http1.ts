import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { http1Client } from './http1-client.ts'
import type { Protocol, ProtocolOptions } from './protocol.ts'
import { noTunnel } from './protocol.ts'
import { tunnel } from './tunnel.ts'

/** HTTP/1.1 and 1.0, and what grows out of them: a WebSocket is tied to the primary. */
export function openHttp1({ take, uncopied, maxHeaderSize, primary }: ProtocolOptions & { primary: URL }): Protocol {
  // Requests under way by connection; a client may send the next before it has its answer.
  const open = new Map<Socket, number>()
  const tunnels = new Set<Duplex>()
  let closing = false
  const count = (socket: Socket, by: 1 | -1): void => {
    const requests = open.get(socket)
    if (requests === undefined) return
    open.set(socket, requests + by)
    if (closing && requests + by === 0) socket.destroySoon()
  }
  const server = createServer({
    maxHeaderSize,
    // Whatever limit there is, is the primary's.
    requestTimeout: 0,
    headersTimeout: 0,
    keepAliveTimeout: 0,
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
  })
  server.maxHeadersCount = 0
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request
    count(socket, 1)
    response.on('close', () => count(socket, -1))
    take(http1Client(request, response), { address: socket.remoteAddress ?? '', connection: socket })
  })
  server.on('upgrade', (request, socket, head) => {
    tunnels.add(socket)
    socket.on('close', () => tunnels.delete(socket))
    uncopied()
    tunnel(request, socket, { head, primary })
  })
  server.on('connect', (_request, socket) => {
    uncopied()
    const text = `seatrial mirror: ${noTunnel}\n`
    const head = `HTTP/1.1 501 Not Implemented\r\nContent-Type: text/plain\r\nContent-Length: ${text.length}`
    socket.end(`${head}\r\nConnection: close\r\n\r\n${text}`)
  })
  return {
    take(socket) {
      open.set(socket, 0)
      socket.on('close', () => open.delete(socket))
      server.emit('connection', socket)
    },
    close() {
      closing = true
      for (const [socket, requests] of open) if (requests === 0 && !tunnels.has(socket)) socket.destroySoon()
    },
    destroy() {
      for (const socket of open.keys()) socket.destroy()
    },
  }
}
