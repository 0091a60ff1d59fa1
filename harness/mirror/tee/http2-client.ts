import type { OutgoingHttpHeaders, ServerHttp2Stream, ServerStreamResponseOptions } from 'node:http2'
import { constants } from 'node:http2'
import { endToEnd } from '../end-to-end.ts'
import type { Asked, RawFields } from '../exchange.ts'
import { byName, fieldOf } from '../exchange.ts'
import type { Client } from './client.ts'

/**
 * A request as HTTP/1.1 says it: `Host` is the authority, in the place of any that was sent (RFC 9113 section 8.3.1), and crumbs
 * of a cookie are one field again (section 8.2.3).
 */
function askedOf(raw: RawFields): Asked {
  const pseudo = new Map<string, string>()
  const fields: string[] = []
  let cookie: number | undefined
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = '', value = ''] = [raw[at], raw[at + 1]]
    if (name.startsWith(':')) {
      pseudo.set(name, value)
      if (name === ':authority') fields.unshift('host', value)
    } else if (name === 'cookie' && cookie !== undefined) {
      fields[cookie] += `; ${value}`
    } else if (name !== 'host' || !pseudo.has(':authority')) {
      fields.push(name, value)
      if (name === 'cookie') cookie = fields.length - 1
    }
  }
  return { method: pseudo.get(':method') ?? 'GET', target: pseudo.get(':path') ?? '', fields: endToEnd(fields) }
}

/** A request of HTTP/2 on its stream. */
export function http2Client(stream: ServerHttp2Stream, raw: RawFields): Client {
  const asked = askedOf(raw)
  // The stream's own end tells what happened to it; an error without a listener would end the mirror.
  stream.on('error', () => undefined)
  stream.on('finish', () => {
    // The answer is whole, and who sends on need not (RFC 9113 section 8.1).
    if (!stream.readableEnded && !stream.endAfterHeaders) stream.close(constants.NGHTTP2_NO_ERROR)
  })
  if (fieldOf(raw, 'expect')?.toLowerCase() === '100-continue') stream.additionalHeaders({ ':status': 100 })
  return {
    asked,
    content: stream.endAfterHeaders || fieldOf(raw, 'content-length') === '0' ? undefined : stream,
    isWhole: () => stream.readableEnded,
    closed: (then) => stream.on('close', then),
    interim({ status, fields }) {
      if (!stream.closed) stream.additionalHeaders({ ':status': status, ...valuesOf(fields) })
    },
    start({ status, fields }, trailers) {
      // Node sends a date of its own unless it is told not to, which its types do not know.
      const options: ServerStreamResponseOptions & { sendDate: boolean } = {
        sendDate: false,
        waitForTrailers: trailers,
      }
      stream.respond({ ':status': status, ...valuesOf(fields) }, options)
    },
    data(chunk, again) {
      if (stream.write(chunk)) return true
      stream.once('drain', again)
      return false
    },
    end(chunk, trailers) {
      stream.on('wantTrailers', () => stream.sendTrailers(valuesOf(trailers)))
      if (chunk === undefined) stream.end()
      else stream.end(chunk)
    },
    // Closing it with a code would send END_STREAM first once something was written, which calls half an answer a whole one.
    cut: () => stream.destroy(new Error('there is no whole answer')),
  }
}

/** Names are in small letters in HTTP/2, and lines of one name stand together (RFC 9113 section 8.2.1). */
function valuesOf(fields: RawFields): OutgoingHttpHeaders {
  return Object.fromEntries(byName(fields))
}
