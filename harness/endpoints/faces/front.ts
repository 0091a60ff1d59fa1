import type { Server as HttpServer } from 'node:http'
import type { Server, Socket } from 'node:net'
import { createServer } from 'node:net'

/** A longer first line is nobody's old habit; it goes to the parser as it is. */
const longestLine = 16 * 1024

/**
 * A listener in front of an HTTP server that mends the first request line of each connection: Node's parser refuses
 * lines that old clients send and the real services take. Everything behind that line passes untouched.
 */
export function listenWithFront(server: HttpServer, mend: (line: string) => string): Server {
  return createServer((socket) => {
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
  })
}

function hand(server: HttpServer, socket: Socket, first: Buffer): void {
  socket.unshift(first)
  server.emit('connection', socket)
  socket.resume()
}
