import { once } from 'node:events'
import type { NetConnectOpts, Socket } from 'node:net'
import { connect } from 'node:net'
import { connect as secure } from 'node:tls'
import { messageOf, SeatrialError } from '../../kernel/index.ts'

/** Where a balancer listens, as its peers reach it. */
export interface Front {
  readonly host: string
  readonly port: number
  readonly tls: boolean
}

/** Opens connections from the container of the peers, whose address the balancer then sees. */
export interface Way {
  /** That address. */
  readonly address: string
  /**
   * A connection to a front, TLS spoken where it does.
   *
   * @throws SeatrialError `SEATRIAL_UNREACHABLE` (unsettled: setup) when nobody takes it
   */
  readonly open: (front: Front, options?: WayOptions) => Promise<Socket>
}

export interface WayOptions {
  /** An address of the peers to come from; their first unless said. */
  readonly from?: string | undefined
  readonly serverName?: string
  readonly deadlineMs?: number
}

/** The way through the relay of `fixtures/images/peers` (RFC 9110 section 9.3.6, CONNECT). */
export function wayThrough(
  relay: { readonly host: string; readonly port: number },
  address: string,
  signal: AbortSignal,
): Way {
  return {
    address,
    async open(front, { from, serverName = 'seatrial.test', deadlineMs = 5_000 } = {}) {
      const over = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)])
      const socket = connect({ ...relay, allowHalfOpen: true, noDelay: true } satisfies NetConnectOpts)
      try {
        await once(socket, 'connect', { signal: over })
        const origin = from === undefined ? '' : ` from ${from}`
        socket.write(`CONNECT ${front.host}:${front.port}${origin} HTTP/1.1\r\n\r\n`)
        await connected(socket, over)
        if (!front.tls) return socket
        // What is tried is the balancer, not who signed its certificate.
        const through = secure({ socket, servername: serverName, rejectUnauthorized: false })
        await once(through, 'secureConnect', { signal: over })
        return through
      } catch (error) {
        socket.destroy()
        signal.throwIfAborted()
        throw new SeatrialError(
          'SEATRIAL_UNREACHABLE',
          `port ${front.port} of the balancer takes no connection: ${messageOf(error)}`,
          { mend: 'Look at its log, and at the addresses that it binds.', because: 'setup', cause: error },
        )
      }
    },
  }
}

/** Reads the relay's answer, and not a byte more. */
async function connected(socket: Socket, signal: AbortSignal): Promise<void> {
  let head = ''
  while (!head.endsWith('\r\n\r\n')) {
    const byte: unknown = socket.read(1)
    if (byte instanceof Buffer) head += byte.toString('latin1')
    else if (socket.readableEnded) throw new Error('closed')
    else await Promise.race([once(socket, 'readable', { signal }), once(socket, 'end', { signal })])
  }
  if (!head.startsWith('HTTP/1.1 200')) throw new Error(/^HTTP\/1\.1 \d+ (.*)\r\n/.exec(head)?.[1] ?? 'refused')
}
