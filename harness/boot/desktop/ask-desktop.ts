import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { connect as secure } from 'node:tls'
import { messageOf } from '../../kernel/index.ts'
import type { Negotiated } from './negotiation.ts'
import { connectionRequest, packetLength, readConfirm } from './negotiation.ts'

/** What a host did with somebody who wanted its desktop, up to where a name and a password would be asked for. */
export type DesktopAnswer =
  | { readonly silent: string }
  | { readonly refused: number }
  | { readonly security: 'plain' | 'other' }
  /** The handshake of TLS went through, or why not. */
  | { readonly security: 'tls'; readonly handshake: { readonly version: string } | { readonly failed: string } }

/** Knocks once. Never throws for what the host does. */
export async function askDesktop(
  address: { readonly host: string; readonly port: number },
  { deadlineMs, signal }: { readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<DesktopAnswer> {
  const socket = connect({ ...address, noDelay: true })
  const ms = Math.ceil(deadlineMs)
  const limit = AbortSignal.any([signal, AbortSignal.timeout(ms)])
  const end = (): void => void socket.destroy(new Error(`no answer within ${ms} ms`))
  limit.addEventListener('abort', end, { once: true })
  try {
    const negotiated = await negotiate(socket)
    if ('refused' in negotiated) return negotiated
    if (negotiated.security !== 'tls') return { security: negotiated.security }
    const handshake = await secured(socket).catch((error: unknown) => ({ failed: messageOf(error) }))
    return { security: 'tls', handshake }
  } catch (error) {
    signal.throwIfAborted()
    return { silent: messageOf(error) }
  } finally {
    limit.removeEventListener('abort', end)
    socket.destroy()
  }
}

function negotiate(socket: Socket): Promise<Negotiated> {
  const { promise, resolve, reject } = Promise.withResolvers<Negotiated>()
  let got: Buffer = Buffer.alloc(0)
  const read = (bytes: Buffer): void => {
    try {
      got = Buffer.concat([got, bytes])
      const length = packetLength(got)
      if (length === undefined || got.length < length) return
      socket.off('data', read)
      resolve(readConfirm(got.subarray(0, length)))
    } catch (error) {
      reject(error)
    }
  }
  socket.on('data', read)
  socket.once('connect', () => void socket.write(connectionRequest()))
  // Later troubles of the socket are those of the handshake, which hears of them itself.
  socket.on('error', reject)
  socket.once('close', () => reject(new Error('the connection was closed without an answer')))
  return promise
}

function secured(socket: Socket): Promise<{ version: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ version: string }>()
  // The host signed its certificate itself, as remote desktops do: what counts is that it can use it.
  const over = secure({ socket, rejectUnauthorized: false }, () => resolve({ version: over.getProtocol() ?? 'TLS' }))
  over.once('error', reject)
  over.once('close', () => reject(new Error('the connection was closed in the handshake')))
  return promise
}
