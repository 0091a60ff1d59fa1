import type { Clock } from '../kernel/index.ts'
import type { Exchange, HttpVersion } from './exchange.ts'
import type { FieldLine } from './fields.ts'

/** What to send. Only `url` is needed; nothing is added behind the caller's back except where said. */
export interface RequestOptions {
  readonly url: string
  /** `GET` unless said. */
  readonly method?: string
  /**
   * Added after `Host`, in this order and case. A `Host` given here replaces ours. `User-Agent`,
   * `Accept` are sent unless given; `Content-Length` is sent with a body unless it or
   * `Transfer-Encoding` is given. `WireClient.send` adds `Connection: close` unless a
   * `Connection` is given, so that what follows the message can be seen; HTTP/2 has none.
   */
  readonly fields?: readonly FieldLine[] | readonly (readonly [name: string, value: string])[]
  readonly body?: Uint8Array | string
  /** `1.1` unless said. `2` uses ALPN h2 on https, prior knowledge on http. */
  readonly version?: HttpVersion
  /** Replaces the origin-form target in the request line, as it stands. */
  readonly target?: string
  /** Sent instead of everything else: for requests that no grammar allows. */
  readonly raw?: Uint8Array
  /**
   * Sends `Expect: 100-continue` and the head, and the body only after a 100, or after this many
   * milliseconds without any answer. What happened is `expectation` in the exchange.
   */
  readonly expectContinueMs?: number
  /** Whole exchange, milliseconds. */
  readonly deadlineMs?: number
  /** When aborted, `send` rejects with its reason. */
  readonly signal?: AbortSignal
}

export interface ClientOptions {
  /** Whole exchange, milliseconds; 10,000 unless said. */
  readonly deadlineMs?: number
  /** Largest response head, bytes; 256 KiB unless said. Longer ends in trouble `head-too-large`. */
  readonly maxHeadBytes?: number
  /** Content kept, bytes; 8 MiB unless said. Reading stops there and `cutOff` is set. */
  readonly maxBodyBytes?: number
  /**
   * How long `send` waits, after a whole message, for the server to close, so that bytes after
   * the message are seen; milliseconds, 50 unless said. Servers that close cost nothing.
   */
  readonly closeGraceMs?: number
  readonly clock?: Clock
  /** Throws for a URL that the plan does not allow. */
  readonly allow?: (url: URL) => void
}

/**
 * The exchange client. It never throws for what a server does: that is in the exchange.
 * Connections are not reused by `send`; `connect` gives one to send on in sequence.
 */
export interface WireClient extends AsyncDisposable {
  readonly send: (request: RequestOptions) => Promise<Exchange>
  /** A connection kept for several exchanges, one after another. */
  readonly connect: (origin: string, version?: HttpVersion) => Promise<WireConnection>
}

export interface WireConnection extends AsyncDisposable {
  readonly send: (request: RequestOptions) => Promise<Exchange>
  /** False once the peer or we closed it. */
  readonly open: boolean
}
