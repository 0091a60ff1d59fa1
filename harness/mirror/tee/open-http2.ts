import type { ServerHttp2Session, ServerHttp2Stream } from 'node:http2'
import { createServer } from 'node:http2'
import { answerFor } from './client.ts'
import { http2Client } from './http2-client.ts'
import type { Protocol, ProtocolOptions } from './protocol.ts'
import { noTunnel } from './protocol.ts'

/** Requests under way on one connection; each has a connection of its own to the primary. */
const maxConcurrentStreams = 128
/** Bytes of a request's content that a client may send ahead, for each and for all of a connection. */
const [streamWindow, connectionWindow] = [2 ** 18, 2 ** 20]

/** HTTP/2; GOAWAY tells every client at the end that no new stream is taken. */
export function openHttp2({ take, uncopied, maxHeaderSize }: ProtocolOptions): Protocol {
  const sessions = new Set<ServerHttp2Session>()
  const server = createServer({
    // Whether a field may come twice is between the client and the primary.
    strictSingleValueFields: false,
    maxHeaderListPairs: maxHeaderSize / 16,
    settings: { maxConcurrentStreams, initialWindowSize: streamWindow, maxHeaderListSize: maxHeaderSize },
  })
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session)
    session.on('close', () => sessions.delete(session))
    session.setLocalWindowSize(connectionWindow)
  })
  server.on('stream', (stream: ServerHttp2Stream, _parsed, _flags, raw: string[]) => {
    const client = http2Client(stream, raw)
    const { session } = stream
    if (client.asked.method === 'CONNECT') {
      uncopied()
      answerFor(client, 501, noTunnel)
      return
    }
    take(client, { address: session?.socket.remoteAddress ?? '', connection: session ?? stream })
  })
  return {
    take(socket) {
      // A session would wait for ever on a half-closed connection.
      socket.allowHalfOpen = false
      server.emit('connection', socket)
    },
    close() {
      for (const session of sessions) session.close()
    },
    destroy() {
      for (const session of sessions) session.destroy()
    },
  }
}
