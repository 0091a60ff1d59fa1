import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { Server, Socket } from 'node:net'
import { createServer as createTcp } from 'node:net'

/** A server of a test on loopback, which counts what it was asked. */
export interface TestServer extends AsyncDisposable {
  readonly url: URL
  readonly requests: () => number
  readonly connections: () => number
}

/** An HTTP server that answers as told, once the whole request is in. */
export async function httpServer(
  answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void,
): Promise<TestServer> {
  let [requests, connections] = [0, 0]
  const server = createServer((request, response) => {
    requests++
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => answer(request, response, Buffer.concat(chunks)))
  })
  server.on('connection', () => connections++)
  return listening(server, { requests: () => requests, connections: () => connections }, () =>
    server.closeAllConnections(),
  )
}

/** A server that does with each connection whatever it likes; `bytes` is what a client sent until then. */
export async function tcpServer(
  onData: (socket: Socket, bytes: string, connection: number) => void,
): Promise<TestServer> {
  let [requests, connections] = [0, 0]
  const sockets = new Set<Socket>()
  const server = createTcp((socket) => {
    const connection = ++connections
    sockets.add(socket)
    let heard = ''
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1')
      if (!heard.includes('\r\n\r\n')) return
      requests++
      const bytes = heard
      heard = ''
      onData(socket, bytes, connection)
    })
  })
  return listening(server, { requests: () => requests, connections: () => connections }, () => {
    for (const socket of sockets) socket.destroy()
  })
}

async function listening(
  server: Server,
  counts: Pick<TestServer, 'requests' | 'connections'>,
  drop: () => void,
): Promise<TestServer> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: urlOf(server.address()),
    ...counts,
    async [Symbol.asyncDispose]() {
      drop()
      server.close()
      await once(server, 'close')
    },
  }
}

function urlOf(address: unknown): URL {
  if (typeof address !== 'object' || address === null || !('port' in address)) throw new Error('the server has no port')
  return new URL(`http://127.0.0.1:${String(address.port)}`)
}
