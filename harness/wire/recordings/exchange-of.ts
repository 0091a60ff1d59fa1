import type { Exchange, HttpVersion, ReceivedResponse } from '../exchange.ts'
import type { FieldLine } from '../fields.ts'

/** What recordings of all kinds know of an exchange. */
export interface Remembered {
  readonly method: string
  /** As recorded: absolute, or as in a request line. */
  readonly uri: string
  readonly requestVersion: string
  readonly requestFields: readonly FieldLine[]
  readonly requestBody: Uint8Array
  readonly status: number
  readonly reason: string
  readonly version: string
  readonly fields: readonly FieldLine[]
  readonly trailers: readonly FieldLine[]
  /** Content after transfer decoding, before content decoding; undefined when it was not kept. */
  readonly body: Uint8Array | undefined
  /** Bytes of content that arrived, where that is known although they were not kept. */
  readonly bodyBytes?: number
  /** Milliseconds since the epoch; undefined when nobody wrote it down. */
  readonly receivedAt: number | undefined
  readonly timing?: Exchange['timing']
}

const nothing = new Uint8Array()
const untimed: Exchange['timing'] = { connectMs: 0, tlsMs: 0, firstByteMs: 0, totalMs: 0 }

/**
 * The exchange, as far as it was recorded. Content that was not kept counts as cut off, so that
 * nothing is said about it; how content was framed is taken from the fields, or left open.
 */
export function exchangeOf(kept: Remembered): Exchange {
  return {
    request: requestOf(kept),
    interim: [],
    response: responseOf(kept),
    trouble: undefined,
    connection: undefined,
    timing: kept.timing ?? untimed,
    receivedAt: kept.receivedAt ?? arrival(kept.fields),
  }
}

export function requestOf(kept: Remembered): Exchange['request'] {
  return {
    method: kept.method,
    url: absolute(kept),
    target: targetOf(kept),
    version: httpVersion(kept.requestVersion),
    fields: kept.requestFields,
    body: kept.requestBody,
  }
}

function responseOf(kept: Remembered): ReceivedResponse {
  const { body, version } = kept
  return {
    version,
    status: kept.status,
    reason: kept.reason,
    fields: kept.fields,
    raw: nothing,
    body: body ?? nothing,
    bodyBytes: kept.bodyBytes ?? body?.length ?? 0,
    framing: httpVersion(version) === '2' ? 'http2' : framingSaid(kept.fields),
    complete: body !== undefined,
    cutOff: body === undefined,
    trailers: kept.trailers,
    problems: [],
  }
}

/** `HTTP/1.1`, `1.1`, `h2`, `http/2.0`: the number alone. */
export function versionNumber(text: string): string {
  const number = text.replace(/^(?:HTTP\/|h)/i, '')
  return number === '2.0' || number === '3.0' ? number.slice(0, 1) : number
}

// HTTP/3 says the same as HTTP/2 with other frames (RFC 9114 section 4).
function httpVersion(version: string): HttpVersion {
  return version === '2' || version === '3' ? '2' : version === '1.0' ? '1.0' : '1.1'
}

function framingSaid(fields: readonly FieldLine[]): ReceivedResponse['framing'] {
  const has = (name: string): boolean => fields.some((line) => line.name.toLowerCase() === name)
  if (has('transfer-encoding')) return 'chunked'
  return has('content-length') ? 'content-length' : 'none'
}

const scheme = /^[a-z][a-z0-9+.-]*:\/\//i

/** The URL that a request line and Host make (RFC 9112 section 3.3), under http. */
function absolute({ method, uri, requestFields }: Remembered): string {
  if (scheme.test(uri)) return uri
  if (method === 'CONNECT') return `http://${uri}/`
  const host = requestFields.find(({ name }) => name.toLowerCase() === 'host')?.value ?? 'origin.invalid'
  return uri.startsWith('/') ? `http://${host}${uri}` : uri === '*' ? `http://${host}/` : uri
}

function targetOf({ uri }: Remembered): string {
  if (!scheme.test(uri)) return uri
  const path = uri.replace(scheme, '').replace(/^[^/?#]*/, '')
  const whole = path.replace(/#.*$/s, '')
  return whole.startsWith('/') ? whole : `/${whole}`
}

/** Without a time of arrival the server's clock is the only one there is; else it is as if it came just now. */
function arrival(fields: readonly FieldLine[]): number {
  const date = Date.parse(fields.find(({ name }) => name.toLowerCase() === 'date')?.value ?? '')
  return Number.isNaN(date) ? Date.now() : date
}
