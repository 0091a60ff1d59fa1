import type { Socket } from 'node:net'
import { connect as connectTcp } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { connect as connectTls, DEFAULT_CIPHERS } from 'node:tls'
import type { Clock } from '../kernel/index.ts'
import { messageOf } from '../kernel/index.ts'
import type { Deadline } from './deadline.ts'
import type { TlsFacts, Trouble } from './exchange.ts'
import type { Target } from './request.ts'
import { codeOf, troubleKindOf, troubleMessageOf } from './trouble-of.ts'

/** A socket that is ready for HTTP, and what was learnt on the way there. */
export interface Opened {
  readonly socket: Socket
  readonly remote: string
  readonly tls: TlsFacts | undefined
  readonly connectMs: number
  readonly tlsMs: number
}

/** What stood in the way, and how far it got. */
export interface NotOpened {
  readonly trouble: Trouble
  readonly connectMs: number
  readonly tlsMs: number
}

/**
 * Resolves the name, connects, and on https shakes hands without judging the certificate: whether
 * it would be trusted is a fact for checks to read. Old protocol versions are spoken too, for
 * the same reason.
 *
 * @param alpn what to offer on https
 * @throws the reason of the caller's signal, nothing else
 */
export async function openSocket(
  target: Target,
  alpn: readonly string[],
  deadline: Deadline,
  clock: Clock,
): Promise<Opened | NotOpened> {
  const start = clock.elapsed()
  const tcp = connectTcp({ host: target.host, port: target.port, allowHalfOpen: true, noDelay: true })
  const refused = await settled(tcp, 'connect', deadline)
  const connectMs = clock.elapsed() - start
  if (refused !== undefined) {
    tcp.destroy()
    deadline.throwIfAborted()
    return { trouble: connectTrouble(refused, target, connectMs), connectMs, tlsMs: 0 }
  }
  const remote = `${tcp.remoteAddress ?? target.host}:${tcp.remotePort ?? target.port}`
  if (!target.secure) return { socket: tcp, remote, tls: undefined, connectMs, tlsMs: 0 }

  const secured = connectTls({
    socket: tcp,
    host: target.host,
    ...(target.serverName === undefined ? {} : { servername: target.serverName }),
    ALPNProtocols: [...alpn],
    rejectUnauthorized: false,
    minVersion: 'TLSv1',
    ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0`,
  })
  const failed = await settled(secured, 'secureConnect', deadline)
  const tlsMs = clock.elapsed() - start - connectMs
  if (failed !== undefined) {
    secured.destroy()
    tcp.destroy()
    deadline.throwIfAborted()
    return { trouble: tlsTrouble(failed, connectMs + tlsMs), connectMs, tlsMs }
  }
  return { socket: secured, remote, tls: tlsFacts(secured), connectMs, tlsMs }
}

type Failure = { readonly error: unknown } | { readonly late: number } | { readonly closed: true }

/** Waits for the event, an error, the end of the socket, or of the time. */
function settled(socket: Socket, event: 'connect' | 'secureConnect', deadline: Deadline): Promise<Failure | undefined> {
  return new Promise((resolve) => {
    const settle = (failure?: Failure): void => {
      socket.off(event, ready).off('error', failed).off('close', closed).off('end', closed)
      forget()
      resolve(failure)
      // Errors after this belong to whoever has the socket next; one that nobody hears would end the process.
      socket.on('error', () => {})
    }
    const ready = (): void => settle()
    const failed = (error: unknown): void => settle({ error })
    const closed = (): void => settle({ closed: true })
    socket.on(event, ready).on('error', failed).on('close', closed)
    if (event === 'secureConnect') socket.on('end', closed)
    let forget = (): void => {}
    forget = deadline.onStop(() => settle({ late: deadline.stopped?.by === 'deadline' ? deadline.stopped.ms : 0 }))
  })
}

function connectTrouble(failure: Failure, { host, port }: Target, afterMs: number): Trouble {
  const phase = 'connect'
  if ('late' in failure) {
    return { kind: 'timeout', phase, message: `no connection to ${host} port ${port} in ${failure.late} ms`, afterMs }
  }
  if ('closed' in failure) return { kind: 'closed-early', phase, message: 'closed while connecting', afterMs }
  return { kind: troubleKindOf(failure.error, 'unreachable'), phase, message: troubleMessageOf(failure.error), afterMs }
}

function tlsTrouble(failure: Failure, afterMs: number): Trouble {
  const phase = 'tls'
  if ('late' in failure) {
    return { kind: 'timeout', phase, message: `the TLS handshake did not end in ${failure.late} ms`, afterMs }
  }
  // Node says ECONNRESET, too, for a peer that closes in order before the handshake is done.
  if ('closed' in failure || codeOf(failure.error) === 'ECONNRESET') {
    return { kind: 'tls', phase, message: 'the server closed the connection during the TLS handshake', afterMs }
  }
  return { kind: 'tls', phase, message: troubleMessageOf(failure.error), afterMs }
}

function tlsFacts(socket: TLSSocket): TlsFacts {
  const certificate = socket.getPeerCertificate()
  const untrusted: unknown = socket.authorized ? undefined : socket.authorizationError
  const name: unknown = certificate.subject?.CN
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher().name,
    alpn: socket.alpnProtocol === false || socket.alpnProtocol === null ? undefined : socket.alpnProtocol,
    untrusted: untrusted === undefined || untrusted === null ? undefined : textOf(untrusted),
    subject: typeof name === 'string' ? name : (certificate.subjectaltname ?? ''),
    validTo: certificate.valid_to ?? '',
  }
}

// Typed as an Error; what Node really leaves there is the code of one.
function textOf(reason: unknown): string {
  return typeof reason === 'string' ? reason : messageOf(reason)
}
