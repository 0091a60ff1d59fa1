import type { Carrier, Errand, Link } from '../carrier.ts'
import { factsOf, timingOf, unsent } from '../carrier.ts'
import type { ConnectionFacts, Exchange, Trouble } from '../exchange.ts'
import { troubleKindOf, troubleMessageOf } from '../trouble-of.ts'
import { excerptOf } from './excerpt.ts'
import { endsHttp, saysClose } from './framing.ts'
import { ResponseReader } from './response-reader.ts'
import type { Sending } from './send-request.ts'
import { sendRequest } from './send-request.ts'
import { SocketWatch } from './socket-watch.ts'

/** HTTP/1.0 or 1.1 over one socket: the reader says what the bytes mean, this says when. */
export class Http1Connection implements Carrier {
  readonly #link: Link
  readonly #watch: SocketWatch
  #reader: ResponseReader | undefined
  #carried = 0
  #firstByteAt: number | undefined
  #headAt: number | undefined
  #unsolicited: Uint8Array | undefined

  constructor(link: Link) {
    this.#link = link
    this.#watch = new SocketWatch(link.opened.socket, (bytes) => this.#onData(bytes))
  }

  get open(): boolean {
    return !this.#watch.over
  }

  destroy(): void {
    this.#link.opened.socket.destroy()
  }

  async exchange(errand: Errand): Promise<Exchange> {
    const { request, deadline, start } = errand
    const { settings, opened } = this.#link
    const { clock, closeGraceMs } = settings
    if (!this.open) return this.#notOpen(errand)
    this.#firstByteAt = this.#headAt = undefined
    const reader = (this.#reader = new ResponseReader({ method: request.method, ...settings }))
    const sending = sendRequest(errand, opened.socket, this.#watch, reader)

    const over = (): boolean => reader.done || this.#watch.over
    await this.#watch.until(() => over() || reader.suspect, deadline)
    // What does not begin like a response gets a moment to show more of itself, not the whole deadline.
    if (!over()) await this.#watch.until(over, deadline, closeGraceMs)
    reader.giveUpSuspect()
    const totalMs = clock.elapsed() - start
    if (this.#watch.over) reader.end(this.#watch.error === undefined ? 'closed' : 'reset')
    const trouble = this.#troubleOf(errand, reader, sending, totalMs)
    const closing = errand.last || reader.closes || saysClose(request.fields, request.version)
    if (reader.complete) await this.#seeOut(errand, reader, closing)

    this.#reader = undefined
    if (closing || !this.#reusable(errand, reader, sending)) this.destroy()
    deadline.throwIfAborted()
    const connection = this.#facts()
    const firstByteMs = this.#firstByteAt === undefined ? 0 : this.#firstByteAt - start
    return {
      request,
      interim: reader.interim,
      response: reader.response(),
      trouble,
      connection,
      timing: timingOf(this.#link, this.#carried++, firstByteMs, totalMs),
      ...(sending.expectation === undefined ? {} : { expectation: sending.expectation }),
      receivedAt: this.#headAt ?? clock.now(),
    }
  }

  #onData(bytes: Uint8Array): void {
    const { clock } = this.#link.settings
    const reader = this.#reader
    if (reader === undefined) {
      // Nobody asked: whatever this answers, it is no answer to the next request (RFC 9112 section 9.2).
      this.#unsolicited ??= bytes.slice(0, 80)
      this.destroy()
      return
    }
    this.#firstByteAt ??= clock.elapsed()
    reader.push(bytes)
    if (reader.head !== undefined) this.#headAt ??= clock.now()
    // Past a limit nothing more may come in, or it would pile up after all.
    if (reader.done && !reader.complete) this.destroy()
  }

  /** Waits for the peer to close where an end was announced, so that what follows the message is seen. */
  async #seeOut({ deadline }: Errand, reader: ResponseReader, closing: boolean): Promise<void> {
    const ended = (): boolean => this.#watch.over || reader.extraSeen
    if (closing) await this.#watch.until(ended, deadline, this.#link.settings.closeGraceMs)
    // What has arrived already is delivered within one turn of the event loop.
    else await new Promise((resolve) => setImmediate(resolve))
  }

  /** After anything but a whole message to a whole request, nobody knows where the next one begins. */
  #reusable({ request }: Errand, reader: ResponseReader, { sent }: Sending): boolean {
    return sent && reader.complete && !reader.hasExtra && !endsHttp(request.method, reader.head?.status ?? 0)
  }

  #troubleOf(errand: Errand, reader: ResponseReader, { sent }: Sending, afterMs: number): Trouble | undefined {
    const stopped = errand.deadline.stopped
    const phase = reader.received === 0 && !sent ? 'send' : reader.phase
    const error = this.#watch.error
    if (reader.trouble?.kind === 'closed-early') {
      const cause = error === undefined ? '' : ` (${troubleMessageOf(error)})`
      const kind = error === undefined ? 'closed-early' : troubleKindOf(error, 'reset')
      return { kind, phase, message: `${reader.trouble.message}${cause}`, afterMs }
    }
    if (reader.trouble !== undefined) return { ...reader.trouble, afterMs }
    if (reader.done || stopped?.by !== 'deadline') return undefined
    const came = reader.received === 0 ? 'no answer came' : `the answer stood still after ${reader.received} bytes`
    const where = phase === 'send' ? ' and the request could not be sent whole' : ''
    return { kind: 'timeout', phase, message: `${came} in ${stopped.ms} ms${where}`, afterMs }
  }

  #facts(): ConnectionFacts {
    return factsOf(this.#link, this.#carried, this.#watch.peerClosed)
  }

  #notOpen(errand: Errand): Exchange {
    const { clock } = this.#link.settings
    const said = this.#unsolicited
    const trouble: Trouble = {
      kind: said === undefined ? 'closed-early' : 'protocol',
      phase: 'send',
      message:
        said === undefined
          ? 'the connection was closed before the request could be sent'
          : `the server said this before it was asked: "${excerptOf(said)}"`,
      afterMs: clock.elapsed() - errand.start,
    }
    return unsent(errand, trouble, clock, undefined, this.#facts())
  }
}
