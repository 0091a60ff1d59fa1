import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { systemClock } from '../../kernel/index.ts'
import type { Endpoint, Field, MockRequest } from '../core/index.ts'
import { listenWithFront } from './front.ts'
import { delayOf, wholeReply } from './whole-reply.ts'

// An import of node:http reads all that it exports, and with that loads the whole of fetch: 13 ms of a start.
const { createServer } = process.getBuiltinModule('node:http')
const { createServer: createTlsServer } = process.getBuiltinModule('node:https')

export interface ServeOptions {
  /** 0 for any that is free. */
  readonly port?: number
  /** 127.0.0.1 unless given. */
  readonly host?: string
  /** PEM; the endpoint then speaks https. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

export interface EndpointServer extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40001`, without a slash at the end. */
  readonly url: string
  readonly port: number
}

/** Larger bodies are refused with 413: far more than any client of these services sends. */
const bodyLimit = 64 * 2 ** 20

/**
 * An endpoint as a server of its own. Disposing it closes it and every connection.
 *
 * @throws the engine's error when the port is taken (`EADDRINUSE`)
 */
export async function serveEndpoint(endpoint: Endpoint, options: ServeOptions = {}): Promise<EndpointServer> {
  const { port = 0, host = '127.0.0.1', tls } = options
  const stop = new AbortController()
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    converse(endpoint, request, response, tls === undefined ? 'http' : 'https', stop.signal).catch(() => {
      // The client has gone; nobody is there to be told.
      request.socket.destroy()
    })
  }
  // The largest head that the real services take is 16 KiB; a signed GET with user data can come near it.
  const limits = { maxHeaderSize: 64 * 1024, keepAliveTimeout: 60_000, requestTimeout: 0 }
  const { mendRequestLine } = endpoint
  const plain = tls === undefined || mendRequestLine !== undefined
  const server = plain ? createServer(limits, handle) : createTlsServer({ ...limits, ...tls }, handle)
  server.on('clientError', refuse)
  const front = mendRequestLine === undefined ? undefined : listenWithFront(server, mendRequestLine, tls)
  const listener = front?.listener ?? server
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(port, host, resolve)
  })
  // A TCP server's address is never a string or null once it listens.
  const bound = (listener.address() as AddressInfo).port
  const shown = host.includes(':') ? `[${host}]` : host
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${shown}:${bound}`,
    port: bound,
    async [Symbol.asyncDispose]() {
      stop.abort()
      server.closeAllConnections()
      front?.closeAllConnections()
      await new Promise((resolve) => listener.close(resolve))
    },
  }
}

async function converse(
  endpoint: Endpoint,
  incoming: IncomingMessage,
  response: ServerResponse,
  scheme: MockRequest['scheme'],
  signal: AbortSignal,
): Promise<void> {
  const body = await readBody(incoming)
  if (body === undefined) {
    response.writeHead(413, { 'Content-Length': 0, Connection: 'close' }).end()
    return
  }
  const delivery = await endpoint.answer(mockRequest(incoming, body, scheme))
  if (delivery.kind === 'silence') return
  const delay = delayOf(delivery)
  if (delay > 0) await systemClock.pause(delay, signal)
  if (delivery.kind === 'reset') {
    incoming.socket.resetAndDestroy()
    return
  }
  const { status, fields, body: content } = wholeReply(delivery.reply, endpoint.clock)
  response.sendDate = false
  response.writeHead(status, fields.flat())
  if (delivery.kind === 'cut') {
    // An orderly close behind too few bytes: a reset would take back what the client has not read yet.
    response.write(content.subarray(0, delivery.bytes), () => incoming.socket.destroySoon())
    return
  }
  response.end(incoming.method === 'HEAD' ? undefined : content)
}

async function readBody(incoming: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    // Without an encoding a request's chunks are buffers.
    const bytes = chunk as Buffer
    size += bytes.length
    if (size > bodyLimit) return undefined
    chunks.push(bytes)
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)
}

function mockRequest(incoming: IncomingMessage, body: Uint8Array, scheme: MockRequest['scheme']): MockRequest {
  const fields: Field[] = []
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
    fields.push([incoming.rawHeaders[at] ?? '', incoming.rawHeaders[at + 1] ?? ''])
  }
  const peer = incoming.socket.remoteAddress
  return {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    host: incoming.headers.host ?? '',
    scheme,
    fields,
    body,
    ...(peer !== undefined && { peer }),
  }
}

/** What is no HTTP gets a plain answer, never a page. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
  socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
}
