import type { Socket } from 'node:net'
import type { SentRequest } from '../exchange.ts'

/** Pieces of this size leave room to read an early answer between two of them. */
const pieceBytes = 64 * 1024

/** The request line and the fields as bytes: latin-1, nothing changed. */
export function headOf(request: SentRequest): Uint8Array {
  const lines = request.fields.map(({ name, value }) => `${name}: ${value}\r\n`)
  const text = `${request.method} ${request.target} HTTP/${request.version}\r\n${lines.join('')}\r\n`
  return Buffer.from(text, 'latin1')
}

/**
 * Writes piece by piece and never closes our side, which servers may take for the client's end.
 *
 * @param wanted asked before each piece; false ends the writing
 * @returns true when all of it went out; a failure to write shows as the socket's own error
 */
export async function writeAll(socket: Socket, bytes: Uint8Array, wanted: () => boolean): Promise<boolean> {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    if (!wanted()) return false
    const sent = await new Promise<boolean>((resolve) => {
      socket.write(bytes.subarray(at, at + pieceBytes), (error) => resolve(error === undefined || error === null))
    })
    if (!sent) return false
  }
  return true
}
