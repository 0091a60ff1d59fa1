import type { Decoded, Exchange, FieldLine, HttpVersion } from '../wire/index.ts'
import { decodeContent, Fields } from '../wire/index.ts'

/** What passive checks look at: one exchange whose response has arrived, read once. */
export interface Message {
  readonly url: URL
  /** Milliseconds since the epoch when the response's head had arrived. */
  readonly now: number
  readonly request: RequestView
  readonly response: ResponseView
  readonly exchange: Exchange
}

export interface RequestView {
  readonly method: string
  readonly target: string
  readonly version: HttpVersion
  readonly fields: Fields
  readonly body: Uint8Array
}

export interface ResponseView {
  readonly status: number
  readonly reason: string
  readonly version: string
  readonly fields: Fields
  readonly trailers: Fields
  /** After transfer decoding, before content decoding; possibly cut off. */
  readonly body: Uint8Array
  readonly bodyBytes: number
  readonly complete: boolean
  /** Content decoding, done once, when the first check asks. */
  readonly decoded: Decoded
}

// A recording may hold a URL that is none; what is wrong with it is for the checks of requests to say.
const nowhere = new URL('http://unreadable.invalid/')

/** Reads an exchange; undefined when it has no response to look at. */
export function messageOfExchange(exchange: Exchange): Message | undefined {
  const { request, response } = exchange
  if (response === undefined) return undefined
  const fields = new Fields(response.fields)
  let decoded: Decoded | undefined
  return {
    url: URL.parse(request.url) ?? nowhere,
    now: exchange.receivedAt,
    request: {
      method: request.method,
      target: request.target,
      version: request.version,
      fields: new Fields(request.fields),
      body: request.body,
    },
    response: {
      status: response.status,
      reason: response.reason,
      version: response.version,
      fields,
      trailers: new Fields(response.trailers),
      body: response.body,
      bodyBytes: response.bodyBytes,
      complete: response.complete,
      get decoded() {
        decoded ??= decodeContent(fields.get('content-encoding'), response.body)
        return decoded
      },
    },
    exchange,
  }
}

type Pairs = readonly (readonly [name: string, value: string])[]

export interface GivenMessage {
  /** `http://origin.test/` unless said. */
  readonly url?: string
  readonly method?: string
  readonly requestFields?: Pairs
  readonly requestBody?: string
  readonly status?: number
  readonly reason?: string
  readonly fields?: Pairs
  readonly trailers?: Pairs
  readonly body?: string | Uint8Array
  readonly interim?: readonly { readonly status: number; readonly fields?: Pairs }[]
  /** Arrival, ISO date; `2026-01-01T00:00:00Z` unless said. */
  readonly now?: string
  /** Anything else of the response that an example wants otherwise. */
  readonly response?: Partial<NonNullable<Exchange['response']>>
}

const lines = (pairs: Pairs = []): readonly FieldLine[] => pairs.map(([name, value]) => ({ name, value }))
const bytes = (content: string | Uint8Array = ''): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content

/** A message for the examples of checks: a plain 200 to GET unless said otherwise. */
export function given(options: GivenMessage = {}): Message {
  const url = options.url ?? 'http://origin.test/'
  const body = bytes(options.body)
  const message = messageOfExchange({
    request: {
      method: options.method ?? 'GET',
      url,
      target: new URL(url).pathname,
      version: '1.1',
      fields: lines(options.requestFields),
      body: bytes(options.requestBody),
    },
    interim: (options.interim ?? []).map(({ status, fields }) => ({
      version: '1.1',
      status,
      reason: '',
      fields: lines(fields),
      raw: new Uint8Array(),
    })),
    response: {
      version: '1.1',
      status: options.status ?? 200,
      reason: options.reason ?? 'OK',
      fields: lines(options.fields),
      raw: new Uint8Array(),
      body,
      bodyBytes: body.length,
      framing: 'content-length',
      complete: true,
      cutOff: false,
      trailers: lines(options.trailers),
      problems: [],
      ...options.response,
    },
    trouble: undefined,
    connection: undefined,
    timing: { connectMs: 0, tlsMs: 0, firstByteMs: 0, totalMs: 0 },
    receivedAt: Date.parse(options.now ?? '2026-01-01T00:00:00Z'),
  })
  // A response is always there: it is written a few lines above.
  return message as Message
}
