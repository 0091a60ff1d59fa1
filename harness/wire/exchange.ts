import type { FieldLine } from './fields.ts'

/** Something in the raw bytes that the grammar does not allow, or that ended the exchange. */
export interface WireProblem {
  readonly code: WireProblemCode
  /** Offset in bytes from the start of the response on its connection. */
  readonly offset: number
  /** At most 80 characters of what stood there, controls escaped. */
  readonly excerpt: string
}

export type WireProblemCode =
  | 'status-line-malformed'
  | 'http-09'
  | 'bare-lf'
  | 'bare-cr'
  | 'nul-byte'
  | 'obsolete-fold'
  | 'space-before-colon'
  | 'leading-space'
  | 'no-colon'
  | 'field-name-empty'
  | 'content-length-invalid'
  | 'content-length-conflict'
  | 'content-length-repeated'
  | 'content-length-with-transfer-encoding'
  | 'transfer-encoding-unknown'
  | 'chunk-size-malformed'
  | 'chunk-delimiter-malformed'
  | 'body-short'
  | 'extra-bytes'
  | 'body-not-allowed'

/** Why an exchange ended before the response was whole. */
export interface Trouble {
  readonly kind:
    | 'dns'
    | 'refused'
    | 'unreachable'
    | 'tls'
    | 'closed-early'
    | 'reset'
    | 'timeout'
    | 'head-too-large'
    | 'not-http'
    | 'protocol'
  readonly phase: 'connect' | 'tls' | 'send' | 'head' | 'body'
  readonly message: string
  /** Milliseconds since the request began. */
  readonly afterMs: number
}

export interface SentRequest {
  readonly method: string
  readonly url: string
  /** As sent in the request line, or `:path`. */
  readonly target: string
  readonly version: HttpVersion
  readonly fields: readonly FieldLine[]
  readonly body: Uint8Array
  /** What was sent instead of everything else, when the caller gave bytes; the rest is then read from it. */
  readonly raw?: Uint8Array
}

export type HttpVersion = '1.0' | '1.1' | '2'

export interface ResponseHead {
  /** As on the wire: `1.1`, or whatever the server wrote. */
  readonly version: string
  readonly status: number
  readonly reason: string
  readonly fields: readonly FieldLine[]
  /** The head's raw bytes, for HTTP/1; empty for HTTP/2. */
  readonly raw: Uint8Array
}

export interface ReceivedResponse extends ResponseHead {
  /** Content after transfer decoding, before content decoding; at most the limit's first bytes. */
  readonly body: Uint8Array
  /** Bytes of content received, counting those that were not kept. */
  readonly bodyBytes: number
  readonly framing: 'none' | 'content-length' | 'chunked' | 'close' | 'http2'
  /** The message ended as its framing says it should. */
  readonly complete: boolean
  /** We stopped reading: the content passed the limit. */
  readonly cutOff: boolean
  readonly trailers: readonly FieldLine[]
  readonly problems: readonly WireProblem[]
}

export interface TlsFacts {
  readonly protocol: string
  readonly cipher: string
  readonly alpn: string | undefined
  /** Why the certificate would not be trusted by default; undefined when it would. */
  readonly untrusted: string | undefined
  readonly subject: string
  readonly validTo: string
}

export interface ConnectionFacts {
  /** Counts connections of one client from 1. */
  readonly id: number
  /** How many exchanges this connection had carried before. */
  readonly carried: number
  readonly remote: string
  readonly tls: TlsFacts | undefined
  /** The peer closed the connection after this response. */
  readonly peerClosed: boolean
}

/** Milliseconds; a phase that did not happen is 0. */
export interface Timing {
  readonly connectMs: number
  readonly tlsMs: number
  readonly firstByteMs: number
  readonly totalMs: number
}

/**
 * Why the body was sent, or was not (RFC 9110 section 10.1.1): a 100 came, none came in time and
 * it was sent all the same, or an end came first and it was kept back.
 */
export type Expectation = 'continued' | 'waited' | 'withheld'

/**
 * One request and all that came back, as it stood on the wire. Nothing is repaired: duplicate
 * fields, their case and order, interim responses, trailers and broken framing are kept.
 */
export interface Exchange {
  readonly request: SentRequest
  readonly interim: readonly ResponseHead[]
  readonly response: ReceivedResponse | undefined
  readonly trouble: Trouble | undefined
  readonly connection: ConnectionFacts | undefined
  readonly timing: Timing
  /** What `expectContinueMs` came to; absent when it was not asked for. */
  readonly expectation?: Expectation
  /** Milliseconds since the epoch when the head had arrived. */
  readonly receivedAt: number
}
