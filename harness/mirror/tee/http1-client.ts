import type { IncomingMessage, ServerResponse } from 'node:http'
import { endToEnd } from '../end-to-end.ts'
import type { Asked, RawFields } from '../exchange.ts'
import { fieldOf } from '../exchange.ts'
import type { Client, Head } from './client.ts'
import { pairsOf } from './client.ts'

/** Bytes of content that is sent together with its head. */
const atOnce = 16_384

function askedOf({ method = 'GET', url = '/', rawHeaders }: IncomingMessage): Asked {
  return { method, target: url, fields: endToEnd(rawHeaders) }
}

/** A request of HTTP/1.1 or 1.0, answered with the fields' order, case and duplicates. */
export function http1Client(request: IncomingMessage, response: ServerResponse): Client {
  response.sendDate = false
  return {
    asked: askedOf(request),
    content: hasContent(request.rawHeaders) ? request : undefined,
    isWhole: () => request.complete,
    closed: (then) => response.on('close', then),
    interim: (head) => sendInterim(response, head),
    start({ status, message, fields }) {
      // The list is one of our own: endToEnd made it.
      response.writeHead(status, message, [...fields])
    },
    data(chunk, again) {
      if (response.write(chunk)) return true
      response.once('drain', again)
      return false
    },
    end(chunk, trailers) {
      if (trailers.length > 0) response.addTrailers(pairsOf(trailers))
      // Head and content in one piece of text are one plain write, a third of what two pieces cost.
      if (chunk === undefined) response.end()
      else if (chunk.length <= atOnce) response.end(chunk.toString('latin1'), 'latin1')
      else response.end(chunk)
    },
    cut: () => response.destroy(),
  }
}

function hasContent(fields: RawFields): boolean {
  const length = fieldOf(fields, 'content-length')
  return (length !== undefined && length !== '0') || fieldOf(fields, 'transfer-encoding') !== undefined
}

/** Node writes two kinds of interim answers, and these with fields of its own choice; so they are written as they came. */
function sendInterim({ socket }: ServerResponse, { status, message, fields }: Head): void {
  const lines = pairsOf(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  socket?.write(`HTTP/1.1 ${status} ${message}\r\n${lines.join('')}\r\n`, 'latin1')
}
