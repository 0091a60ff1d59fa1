import { once } from 'node:events'
import type { Socket } from 'node:net'
import { createServer as createTcp } from 'node:net'
import { createServer as createTls } from 'node:tls'
import { messageOf, UsageError } from '../../kernel/index.ts'

/** A certificate and its key, PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

export interface DoorOptions {
  readonly listen: { readonly host: string; readonly port: number }
  /** Without one, nobody is asked for TLS. */
  readonly certificate: Certificate | undefined
  readonly http1: (socket: Socket) => void
  readonly http2: (socket: Socket) => void
}

/** One port for all versions of HTTP. */
export interface Door {
  readonly url: URL
  /** Takes no new connection; settles when the last one has ended. */
  readonly close: () => Promise<void>
}

/** What every HTTP/2 client says first (RFC 9113 section 3.4). */
const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')

/**
 * Listens, and tells by the first bytes of a connection who is to have it: so a client may speak HTTP/2 without asking before,
 * on the port where others speak HTTP/1.1. With a certificate the same is offered by ALPN.
 *
 * @throws UsageError when nobody can listen there, or with this certificate
 */
export async function openDoor({ listen, certificate, http1, http2 }: DoorOptions): Promise<Door> {
  const strangers = new Set<Socket>()
  const welcome = (socket: Socket): void => {
    const leave = (): void => void strangers.delete(socket)
    strangers.add(socket)
    socket.on('close', leave)
    lookInto(socket, (isHttp2) => {
      leave()
      socket.off('close', leave)
      if (isHttp2) http2(socket)
      else http1(socket)
    })
  }
  const options = { allowHalfOpen: true, noDelay: true }
  const server = certificate === undefined ? createTcp(options, welcome) : tlsServer(certificate, options, welcome)
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
    url: new URL(`${certificate === undefined ? 'http' : 'https'}://${host}:${port}`),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of strangers) socket.destroy()
      await closed
    },
  }
}

function tlsServer(
  { cert, key }: Certificate,
  options: { readonly allowHalfOpen: boolean; readonly noDelay: boolean },
  welcome: (socket: Socket) => void,
): ReturnType<typeof createTls> {
  try {
    return createTls({ ...options, cert, key, ALPNProtocols: ['h2', 'http/1.1'] }, welcome)
  } catch (error) {
    throw new UsageError({
      path: 'certificate',
      given: messageOf(error),
      wanted: 'a certificate and the key that belongs to it, both PEM',
      cause: error,
    })
  }
}

/** Waits for as many first bytes as tell HTTP/2 from anything else, and leaves them in the socket. */
function lookInto(socket: Socket, then: (isHttp2: boolean) => void): void {
  let seen = Buffer.alloc(0)
  const failed = (): void => void socket.destroy()
  const look = (): void => {
    const chunk: Buffer | null = socket.read()
    if (chunk === null) return
    seen = Buffer.concat([seen, chunk])
    const common = Math.min(seen.length, preface.length)
    const isAlike = preface.subarray(0, common).equals(seen.subarray(0, common))
    if (isAlike && common < preface.length) return
    socket.off('readable', look)
    socket.off('end', failed)
    socket.off('error', failed)
    socket.unshift(seen)
    then(isAlike)
  }
  socket.on('error', failed)
  socket.on('end', failed)
  socket.on('readable', look)
}
