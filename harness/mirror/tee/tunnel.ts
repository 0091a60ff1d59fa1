import type { IncomingMessage } from 'node:http'
import { connect as connectTcp } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'

/**
 * Ties a connection that asks to become something else (a WebSocket) to the primary, byte by byte in both directions, its
 * request first. What passes after it is not HTTP any more, and is not copied.
 */
export function tunnel(
  request: IncomingMessage,
  client: Duplex,
  { head, primary }: { head: Buffer; primary: URL },
): void {
  const secure = primary.protocol === 'https:'
  const port = Number(primary.port || (secure ? 443 : 80))
  const host = primary.hostname.replaceAll(/^\[|\]$/g, '')
  const server = secure ? connectTls({ host, port, servername: host }) : connectTcp({ host, port })
  server.setNoDelay(true)
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`]
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`)
  }
  server.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  server.write(head)
  // Either side may end its half first; an error of one side is the other's end.
  server.pipe(client)
  client.pipe(server)
  server.on('error', () => client.destroy())
  client.on('error', () => server.destroy())
  client.on('close', () => server.destroy())
  server.on('close', () => client.destroy())
}
