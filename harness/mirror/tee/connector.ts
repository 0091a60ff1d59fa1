import { buildConnector } from 'undici'

/** By error: bytes that had come in on its connection. */
const before = new WeakMap<Error, number>()

/**
 * Connects as undici does, and remembers of each connection that breaks what had come in on it: the error of a reset does not
 * tell whether the connection was a new one.
 */
export function rememberingConnector(timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs, allowH2: false })
  return (options, callback) => {
    connect(options, (...[error, socket]) => {
      if (error !== null) {
        callback(error, null)
        return
      }
      socket.prependListener('error', (broken: Error) => before.set(broken, socket.bytesRead))
      callback(null, socket)
    })
  }
}

/** Bytes of earlier answers on a connection whose end this error is. */
export function bytesReadBefore(error: Error): number {
  const known = before.get(error)
  if (known !== undefined) return known
  // One that was closed in order has undici's own error, with what it knows of the socket.
  const socket: unknown = 'socket' in error ? error.socket : undefined
  return typeof socket === 'object' && socket !== null && 'bytesRead' in socket ? Number(socket.bytesRead) : 0
}
