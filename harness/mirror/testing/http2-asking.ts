import { once } from 'node:events'
import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2'
import { connect } from 'node:http2'

/** What came back on one stream. */
export interface Http2Answer {
  /** Heads of interim answers, names and values in turn. */
  readonly interim: readonly (readonly string[])[]
  readonly head: readonly string[]
  readonly body: Buffer
  readonly trailers: readonly string[]
  /** With which code the stream was closed; 0 after a whole answer (RFC 9113 section 7). */
  readonly reset: number
}

/** A client of a test, with one connection. */
export interface Http2Client extends AsyncDisposable {
  readonly session: ClientHttp2Session
  readonly ask: (fields: OutgoingHttpHeaders, content?: Uint8Array) => Promise<Http2Answer>
}

export function http2Asking(url: URL, ca?: string): Http2Client {
  const session = connect(url, { ...(ca !== undefined && { ca }) })
  // Each stream tells of it too.
  session.on('error', () => undefined)
  return {
    session,
    async ask(fields, content) {
      const stream = session.request(fields, { endStream: content === undefined })
      if (content !== undefined) stream.end(content)
      return answerOf(stream)
    },
    async [Symbol.asyncDispose]() {
      if (session.destroyed) return
      session.destroy()
      await once(session, 'close')
    },
  }
}

/** All that comes on a stream until it is closed. */
export async function answerOf(stream: ClientHttp2Stream): Promise<Http2Answer> {
  const interim: string[][] = []
  const chunks: Buffer[] = []
  let [head, trailers]: [string[], string[]] = [[], []]
  stream.on('headers', (_fields, _flags, raw) => interim.push(raw))
  stream.on('response', (_fields, _flags, raw) => (head = raw))
  stream.on('trailers', (_fields, _flags, raw: string[]) => (trailers = raw))
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  stream.on('error', () => undefined)
  await new Promise((resolve) => stream.on('close', resolve))
  return { interim, head, body: Buffer.concat(chunks), trailers, reset: stream.rstCode ?? 0 }
}
