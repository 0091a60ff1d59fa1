import type { ClientHttp2Stream } from 'node:http2'
import type { ReceivedResponse, ResponseHead, Trouble } from '../exchange.ts'
import type { FieldLine } from '../fields.ts'
import { Content } from '../http1/content.ts'
import { linesOfRaw } from './fields.ts'

export interface StreamReaderOptions {
  readonly maxHeadBytes: number
  readonly maxBodyBytes: number
  /** Called at every change. */
  readonly changed: () => void
}

/** Collects what one stream brings: interim heads, the final one, content, trailers. */
export class StreamReader {
  readonly #content: Content
  readonly #interim: ResponseHead[] = []
  #headRoom: number
  #head: ResponseHead | undefined
  #trailers: readonly FieldLine[] = []
  #ended = false
  #closed = false
  #error: Error | undefined
  #trouble: Pick<Trouble, 'kind' | 'phase' | 'message'> | undefined

  constructor(stream: ClientHttp2Stream, options: StreamReaderOptions) {
    this.#content = new Content(options.maxBodyBytes)
    this.#headRoom = options.maxHeadBytes
    // The third value is the list as received: order and repeated fields are kept only there.
    stream.on('headers', (headers, _flags, raw) => this.#interimHead(headers, raw))
    stream.on('response', (headers, _flags, raw) => (this.#head = this.#readHead(headers, raw)))
    stream.on('trailers', (_headers: object, _flags: number, raw: string[]) => this.#readTrailers(raw))
    stream.on('data', (bytes: Uint8Array) => this.#content.take(bytes, 0))
    // A stream whose connection is lost ends, too, and only its code tells.
    stream.on('end', () => (this.#ended = stream.rstCode === 0))
    stream.on('error', (error: Error) => (this.#error ??= error))
    stream.on('close', () => (this.#closed = true))
    // Listeners run in order, so these come after the changes.
    for (const event of ['headers', 'response', 'trailers', 'data', 'end', 'error', 'close']) {
      stream.on(event, options.changed)
    }
  }

  get done(): boolean {
    return this.complete || this.#closed || this.#trouble !== undefined || this.#content.cutOff
  }

  /** The peer has ended the response in order. */
  get complete(): boolean {
    return this.#ended && this.#head !== undefined && this.#error === undefined && !this.#content.cutOff
  }

  get cutOff(): boolean {
    return this.#content.cutOff
  }

  get phase(): 'head' | 'body' {
    return this.#head === undefined ? 'head' : 'body'
  }

  get begun(): boolean {
    return this.#head !== undefined || this.#interim.length > 0
  }

  get head(): ResponseHead | undefined {
    return this.#head
  }

  get interim(): readonly ResponseHead[] {
    return this.#interim
  }

  get error(): Error | undefined {
    return this.#error
  }

  get trouble(): Pick<Trouble, 'kind' | 'phase' | 'message'> | undefined {
    return this.#trouble
  }

  response(): ReceivedResponse | undefined {
    if (this.#head === undefined) return undefined
    return {
      ...this.#head,
      body: this.#content.kept(),
      bodyBytes: this.#content.count,
      framing: 'http2',
      complete: this.complete,
      cutOff: this.#content.cutOff,
      trailers: this.#trailers,
      problems: [],
    }
  }

  #interimHead(headers: object, raw: readonly string[]): void {
    const head = this.#readHead(headers, raw)
    if (this.#trouble === undefined) this.#interim.push(head)
  }

  #readTrailers(raw: readonly string[]): void {
    this.#spend(raw)
    this.#trailers = linesOfRaw(raw)
  }

  #readHead(headers: object, raw: readonly string[]): ResponseHead {
    this.#spend(raw)
    const status: unknown = ':status' in headers ? headers[':status'] : undefined
    return { version: '2', status: Number(status), reason: '', fields: linesOfRaw(raw), raw: new Uint8Array() }
  }

  // Interim responses may come without end, so all heads share one allowance.
  #spend(raw: readonly string[]): void {
    for (const text of raw) this.#headRoom -= text.length
    if (this.#headRoom < 0) {
      this.#trouble ??= { kind: 'head-too-large', phase: this.phase, message: 'the heads together pass the limit' }
    }
  }
}
