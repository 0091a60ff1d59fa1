import type { Server as HttpServer } from 'node:http'
import type { Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'

/** A longer first line is nobody's old habit; it goes to the parser as it is. */
const longestLine = 16 * 1024

export interface Front {
  readonly listener: Server
  /** Ends every connection: the HTTP server behind does not count those that it did not accept itself. */
  readonly closeAllConnections: () => void
}

/**
 * A listener in front of an HTTP server that mends the first request line of each connection: Node's parser refuses
 * lines that old clients send and the real services take. Everything behind that line passes untouched. With `tls`
 * the listener is the one that speaks it, and the server behind is a plain one: a line can be mended only in the clear.
 */
export function listenWithFront(
  server: HttpServer,
  mend: (line: string) => string,
  tls?: { readonly key: string; readonly cert: string },
): Front {
  const sockets = new Set<Socket>()
  const accept = (socket: Socket): void => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    let held = Buffer.alloc(0)
    const look = (chunk: Buffer): void => {
      held = Buffer.concat([held, chunk])
      const end = held.indexOf('\r\n')
      if (end === -1 && held.length < longestLine) return
      socket.off('data', look)
      socket.pause()
      const mended =
        end === -1
          ? held
          : Buffer.concat([Buffer.from(mend(held.toString('latin1', 0, end)), 'latin1'), held.subarray(end)])
      hand(server, socket, mended)
    }
    socket.on('data', look)
    // Gone before its first line was whole: the HTTP server has its own listener from there on.
    socket.on('error', () => socket.destroy())
  }
  return {
    listener: tls === undefined ? createServer(accept) : createTlsServer(tls, accept),
    closeAllConnections: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

function hand(server: HttpServer, socket: Socket, first: Buffer): void {
  socket.unshift(first)
  server.emit('connection', socket)
  socket.resume()
}
