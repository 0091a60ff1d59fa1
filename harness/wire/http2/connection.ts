import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2'
import { messageOf, UsageError } from '../../kernel/index.ts'
import type { Carrier, Errand, Link } from '../carrier.ts'
import { factsOf, timingOf, unsent } from '../carrier.ts'
import type { NotOpened } from '../connect.ts'
import type { Exchange, Expectation, SentRequest, Trouble } from '../exchange.ts'
import { troubleMessageOf } from '../trouble-of.ts'
import { Waiting } from '../waiting.ts'
import { asHttp2, headersOf } from './fields.ts'
import { StreamReader } from './stream-reader.ts'
import { streamTrouble } from './trouble.ts'

/** Starts HTTP/2 on an open socket: after ALPN on https, with prior knowledge on http (RFC 9113 section 3). */
export async function openHttp2(link: Link): Promise<Carrier | NotOpened> {
  const { opened, settings } = link
  if (opened.tls !== undefined && opened.tls.alpn !== 'h2') {
    opened.socket.destroy()
    const message = `the server chose ${opened.tls.alpn ?? 'nothing'} where h2 was offered`
    const afterMs = opened.connectMs + opened.tlsMs
    return { ...opened, trouble: { kind: 'protocol', phase: 'tls', message, afterMs } }
  }
  // node:http2 waits for ever on a half-closed socket, and HTTP/2 has no use for one.
  opened.socket.allowHalfOpen = false
  // Loaded here so that those who never speak HTTP/2 do not wait for it.
  const { connect } = await import('node:http2')
  const session = connect(opened.tls === undefined ? 'http://prior.invalid' : 'https://alpn.invalid', {
    createConnection: () => opened.socket,
    settings: { enablePush: false, maxHeaderListSize: settings.maxHeadBytes },
  })
  return new Http2Connection(link, session)
}

class Http2Connection implements Carrier {
  readonly #link: Link
  readonly #session: ClientHttp2Session
  #carried = 0
  #error: Error | undefined
  #spoken = false
  #peerClosed = false

  constructor(link: Link, session: ClientHttp2Session) {
    this.#link = link
    this.#session = session
    session.on('error', (error: Error) => (this.#error ??= error))
    session.on('remoteSettings', () => (this.#spoken = true))
    session.on('goaway', () => (this.#peerClosed = true))
    link.opened.socket.on('end', () => (this.#peerClosed = true))
  }

  get open(): boolean {
    return !this.#session.closed && !this.#session.destroyed
  }

  destroy(): void {
    this.#session.destroy()
  }

  async exchange(given: Errand): Promise<Exchange> {
    const errand = { ...given, request: asHttp2(given.request) }
    const { deadline, start, request } = errand
    const { clock } = this.#link.settings
    if (!this.open) return this.#notOpen(errand)
    const stream = this.#request(request, errand.expectContinueMs !== undefined)
    let firstByteAt: number | undefined
    let headAt: number | undefined
    const wait = new Waiting()
    const reader = new StreamReader(stream, {
      ...this.#link.settings,
      changed: () => {
        if (reader.begun) firstByteAt ??= clock.elapsed()
        if (reader.head !== undefined) headAt ??= clock.now()
        wait.tell()
      },
    })
    const sending = this.#sendBody(stream, errand, reader, wait)
    await wait.until(() => reader.done, deadline)
    const totalMs = clock.elapsed() - start
    const expectation = sending()
    const trouble = this.#troubleOf(errand, reader, totalMs)
    const response = reader.response()
    const { NGHTTP2_CANCEL, NGHTTP2_NO_ERROR } = (await import('node:http2')).constants
    stream.close(reader.complete ? NGHTTP2_NO_ERROR : NGHTTP2_CANCEL)
    deadline.throwIfAborted()
    const carried = this.#carried++
    return {
      request,
      interim: reader.interim,
      response,
      trouble,
      connection: factsOf(this.#link, carried, this.#peerClosed),
      timing: timingOf(this.#link, carried, firstByteAt === undefined ? 0 : firstByteAt - start, totalMs),
      ...(expectation === undefined ? {} : { expectation }),
      receivedAt: headAt ?? clock.now(),
    }
  }

  /** @throws UsageError for fields that HTTP/2 does not know, such as Connection */
  #request(request: SentRequest, waits: boolean): ClientHttp2Stream {
    try {
      return this.#session.request(headersOf(request), { endStream: request.body.length === 0 && !waits })
    } catch (error) {
      const wanted = 'a request that HTTP/2 can carry'
      throw new UsageError({ path: 'fields', given: messageOf(error), wanted, cause: error })
    }
  }

  #sendBody(stream: ClientHttp2Stream, errand: Errand, reader: StreamReader, wait: Waiting) {
    const { request, expectContinueMs, deadline } = errand
    if (expectContinueMs === undefined) {
      if (request.body.length > 0) stream.end(request.body)
      return (): Expectation | undefined => undefined
    }
    let expectation: Expectation = 'withheld'
    const continued = (): boolean => reader.interim.some(({ status }) => status === 100)
    const over = (): boolean => reader.done || reader.head !== undefined
    const write = async (): Promise<void> => {
      await wait.until(() => continued() || over(), deadline, expectContinueMs)
      if (over() || deadline.stopped !== undefined) return
      expectation = continued() ? 'continued' : 'waited'
      stream.end(request.body)
    }
    void write()
    return (): Expectation | undefined => expectation
  }

  #troubleOf(errand: Errand, reader: StreamReader, afterMs: number): Trouble | undefined {
    if (reader.trouble !== undefined) return { ...reader.trouble, afterMs }
    if (reader.complete || reader.cutOff) return undefined
    if (!reader.done) {
      const ms = errand.deadline.stopped?.by === 'deadline' ? errand.deadline.stopped.ms : 0
      const came = reader.begun ? 'the answer stood still' : 'no answer came'
      return { kind: 'timeout', phase: reader.phase, message: `${came} in ${ms} ms`, afterMs }
    }
    return { ...streamTrouble(this.#error ?? reader.error, this.#spoken), phase: reader.phase, afterMs }
  }

  #notOpen(errand: Errand): Exchange {
    const { clock } = this.#link.settings
    const why = this.#error === undefined ? '' : ` (${troubleMessageOf(this.#error)})`
    const message = `the connection was closed before the request could be sent${why}`
    const trouble: Trouble = { kind: 'closed-early', phase: 'send', message, afterMs: clock.elapsed() - errand.start }
    return unsent(errand, trouble, clock, undefined, factsOf(this.#link, this.#carried, this.#peerClosed))
  }
}
