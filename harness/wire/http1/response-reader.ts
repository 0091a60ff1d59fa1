import type { ReceivedResponse, ResponseHead, Trouble } from '../exchange.ts'
import type { BodyReader } from './body-reader.ts'
import { plainBody } from './body-reader.ts'
import { ChunkedBody } from './chunked-body.ts'
import { Content } from './content.ts'
import { excerptLength, excerptOf } from './excerpt.ts'
import { endsHttp, framingOf, hasNoContent, isInterim, saysClose } from './framing.ts'
import type { Framing } from './framing.ts'
import { Growing } from './growing.ts'
import { HeadReader } from './head-reader.ts'
import { Problems } from './problems.ts'

export interface ReaderOptions {
  /** The request's method: it decides whether content can follow. */
  readonly method: string
  readonly maxHeadBytes: number
  readonly maxBodyBytes: number
}

export type ReaderTrouble = Pick<Trouble, 'kind' | 'phase' | 'message'>

/**
 * Reads one response, interim responses before it included, from bytes in any pieces: pure, so
 * that what it says never depends on packets or time. Push until `done`, or `end` at the end of
 * the connection; then ask for `response` and `trouble`.
 */
export class ResponseReader {
  readonly #options: ReaderOptions
  readonly #problems = new Problems()
  readonly #interim: ResponseHead[] = []
  readonly #content: Content
  readonly #extra = new Growing()
  #offset = 0
  #headReader: HeadReader
  #final: { readonly head: ResponseHead; readonly framing: Framing; readonly body: BodyReader } | undefined
  #ended = false
  #complete = false
  #trouble: ReaderTrouble | undefined

  constructor(options: ReaderOptions) {
    this.#options = options
    this.#content = new Content(options.maxBodyBytes)
    this.#headReader = this.#headAt(0)
  }

  /** Takes the next bytes. After a whole message they count as bytes that follow it. */
  push(bytes: Uint8Array): void {
    let at = 0
    while (at < bytes.length && !this.done) {
      const next = this.#final === undefined ? this.#takeHead(bytes, at) : this.#takeBody(this.#final.body, bytes, at)
      this.#offset += next - at
      at = next
    }
    if (this.#complete) this.#extra.push(bytes.subarray(at, at + excerptLength - this.#extra.length))
  }

  /** The connection has ended, in order or not. */
  end(how: 'closed' | 'reset'): void {
    if (this.done) return
    this.#ended = true
    if (this.#final === undefined) this.#endInHead()
    else this.#endInBody(this.#final.body, how)
  }

  /** Nothing more is wanted: the message is whole, cut off or beyond reading. */
  get done(): boolean {
    return this.#complete || this.#ended || this.#trouble !== undefined || this.#content.cutOff
  }

  /** The message is whole. */
  get complete(): boolean {
    return this.#complete
  }

  /** Where the reading stands, for what ends it from outside. */
  get phase(): 'head' | 'body' {
    return this.#final === undefined ? 'head' : 'body'
  }

  /** Bytes of the message taken so far. */
  get received(): number {
    return this.#offset
  }

  /** What has come so far does not begin like a response; more of it is waited for only to show it. */
  get suspect(): boolean {
    return this.#final === undefined && this.#headReader.suspect
  }

  /** Ends the reading of something that is no response and sends no more. */
  giveUpSuspect(): void {
    if (this.done || !this.suspect) return
    this.#headReader.giveUp()
    this.#trouble = this.#headReader.trouble
  }

  /** Bytes have followed the message. */
  get hasExtra(): boolean {
    return this.#extra.length > 0
  }

  /** Enough of them have been seen to show them. */
  get extraSeen(): boolean {
    return this.#extra.length >= excerptLength
  }

  get interim(): readonly ResponseHead[] {
    return this.#interim
  }

  /** The final response's head, once it has arrived. */
  get head(): ResponseHead | undefined {
    return this.#final?.head
  }

  /** The server closes after this response, by its word or because only that ends it. */
  get closes(): boolean {
    if (this.#final === undefined) return false
    const { framing, head } = this.#final
    return framing.kind === 'close' || saysClose(head.fields, head.version)
  }

  get trouble(): ReaderTrouble | undefined {
    return this.#trouble
  }

  /** The response as far as it came; undefined when its head never did. */
  response(): ReceivedResponse | undefined {
    if (this.#final === undefined) return undefined
    const { head, framing, body } = this.#final
    const { method } = this.#options
    const problems = [...this.#problems.list]
    if (this.hasExtra && !endsHttp(method, head.status)) {
      const code = hasNoContent(method, head.status) ? 'body-not-allowed' : 'extra-bytes'
      problems.push({ code, offset: this.#offset, excerpt: excerptOf(this.#extra.bytes()) })
    }
    return {
      ...head,
      body: this.#content.kept(),
      bodyBytes: this.#content.count,
      framing: framing.kind,
      complete: this.#complete,
      cutOff: this.#content.cutOff,
      trailers: body.trailers,
      problems,
    }
  }

  // All heads share one allowance, or interim responses could come without end.
  #headAt(offset: number): HeadReader {
    return new HeadReader(this.#problems, { offset, limitBytes: this.#options.maxHeadBytes })
  }

  #takeHead(bytes: Uint8Array, from: number): number {
    const reader = this.#headReader
    const next = reader.take(bytes, from)
    this.#trouble = reader.trouble
    if (reader.head === undefined) return next
    const end = reader.offset + reader.head.raw.length
    if (isInterim(reader.head.status)) {
      this.#interim.push(reader.head)
      this.#headReader = this.#headAt(end)
      return next
    }
    const framing = framingOf(this.#options.method, reader.head, reader.offset, this.#problems)
    const body = this.#bodyReader(framing, end)
    this.#final = { head: reader.head, framing, body }
    this.#complete = body.whole
    return next
  }

  #bodyReader(framing: Framing, offset: number): BodyReader {
    if (framing.kind !== 'chunked') return plainBody(framing, this.#content)
    const options = { offset, maxTrailerBytes: this.#options.maxHeadBytes }
    return new ChunkedBody(this.#content, this.#problems, options)
  }

  #takeBody(body: BodyReader, bytes: Uint8Array, at: number): number {
    const next = body.take(bytes, at)
    if (body.broken !== undefined) this.#trouble = { ...body.broken, phase: 'body' }
    else this.#complete = body.whole && !this.#content.cutOff
    return next
  }

  #endInHead(): void {
    if (this.suspect) this.#headReader.giveUp()
    const seen = this.#offset === 0 ? 'without an answer' : `after ${this.#offset} bytes, before the head was whole`
    const closed: ReaderTrouble = { kind: 'closed-early', phase: 'head', message: `the connection ended ${seen}` }
    this.#trouble = this.#headReader.trouble ?? closed
  }

  #endInBody(body: BodyReader, how: 'closed' | 'reset'): void {
    this.#complete = body.end() && how === 'closed'
    if (this.#complete) return
    if (body.promised !== undefined) this.#problems.add('body-short', this.#offset, new Uint8Array())
    const promise = body.promised === undefined ? '' : `; promised were ${body.promised}`
    const message = `the connection ended after ${this.#content.count} bytes of content${promise}`
    this.#trouble = { kind: 'closed-early', phase: 'body', message }
  }
}
