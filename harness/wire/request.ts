import { isIP } from 'node:net'
import { UsageError } from '../kernel/index.ts'
import type { RequestOptions } from './client.ts'
import type { HttpVersion, SentRequest } from './exchange.ts'
import type { FieldLine } from './fields.ts'
import { latin1, linesOf, parseFieldLines } from './http1/field-lines.ts'
import { Problems } from './http1/problems.ts'
import { userAgent } from './user-agent.ts'

/** A URL of a server to talk to, checked. */
export interface Target {
  readonly url: URL
  readonly secure: boolean
  /** Without the brackets of an IPv6 address. */
  readonly host: string
  readonly port: number
  /** Name for SNI: never an address (RFC 6066 section 3). */
  readonly serverName: string | undefined
}

/** @throws UsageError unless it is an absolute http or https URL without user name and password */
export function targetOf(given: string): Target {
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new UsageError({ path: 'url', given: JSON.stringify(given), wanted: 'an absolute http or https URL' })
  }
  if (url.username !== '' || url.password !== '') {
    const shown = `${url.protocol}//***@${url.host}${url.pathname}`
    throw new UsageError({ path: 'url', given: shown, wanted: 'a URL without credentials; send Authorization instead' })
  }
  const secure = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const serverName = isIP(host) === 0 ? host : undefined
  return { url, secure, host, port: url.port === '' ? (secure ? 443 : 80) : Number(url.port), serverName }
}

export interface RequestDefaults {
  readonly version: HttpVersion
  /** Fields for requests of this kind, each sent unless the caller gives one of its name. */
  readonly fields: readonly FieldLine[]
}

/**
 * What will be sent, field by field, `Host` first. With `raw`, what those bytes say, as far as
 * they can be read.
 *
 * @throws UsageError for text that has no place in a head: characters above U+00FF
 */
export function sentRequest(options: RequestOptions, { url }: Target, defaults: RequestDefaults): SentRequest {
  if (options.raw !== undefined) return readRaw(options, options.raw, url)
  const body =
    typeof options.body === 'string' ? new TextEncoder().encode(options.body) : (options.body ?? new Uint8Array())
  const given = (options.fields ?? []).map(fieldLine)
  const has = (name: string): boolean => given.some((line) => line.name.toLowerCase() === name.toLowerCase())
  const hosts = given.filter(({ name }) => name.toLowerCase() === 'host')
  const framed = options.body === undefined || has('Transfer-Encoding')
  const added: FieldLine[] = [
    { name: 'User-Agent', value: userAgent },
    { name: 'Accept', value: '*/*' },
  ]
  const last: FieldLine[] = [...defaults.fields]
  if (!framed) last.unshift({ name: 'Content-Length', value: String(body.length) })
  if (options.expectContinueMs !== undefined) last.push({ name: 'Expect', value: '100-continue' })
  const request: SentRequest = {
    method: options.method ?? 'GET',
    url: options.url,
    target: options.target ?? `${url.pathname}${url.search}`,
    version: options.version ?? defaults.version,
    fields: [
      ...(hosts.length > 0 ? hosts : [{ name: 'Host', value: url.host }]),
      ...added.filter(({ name }) => !has(name)),
      ...given.filter(({ name }) => name.toLowerCase() !== 'host'),
      ...last.filter(({ name }) => !has(name)),
    ],
    body,
  }
  mustBeLatin1('method', request.method)
  mustBeLatin1('target', request.target)
  for (const { name, value } of request.fields) mustBeLatin1(`fields.${name}`, `${name}${value}`)
  return request
}

function fieldLine(given: FieldLine | readonly [name: string, value: string]): FieldLine {
  return 'name' in given ? given : { name: given[0], value: given[1] }
}

// Other characters would turn into other bytes on the way, some of them into line ends.
function mustBeLatin1(path: string, text: string): void {
  for (const character of text) {
    if ((character.codePointAt(0) ?? 0) > 0xff) {
      // The text itself may be a secret; the character is not.
      throw new UsageError({ path, given: JSON.stringify(character), wanted: 'characters up to U+00FF, one a byte' })
    }
  }
}

function readRaw(options: RequestOptions, raw: Uint8Array, url: URL): SentRequest {
  const text = latin1(raw)
  const end = /\r?\n\r?\n/.exec(text)
  const headLength = end === null ? raw.length : end.index + end[0].length
  const unused = new Problems()
  const [first, ...rest] = linesOf(raw.subarray(0, headLength), 0, unused)
  const [method = '', target = '', version = ''] = first === undefined ? [] : latin1(first.bytes).split(' ')
  return {
    method: options.method ?? method,
    url: options.url,
    target: options.target ?? (target === '' ? url.pathname : target),
    version: options.version ?? (version === 'HTTP/1.0' ? '1.0' : '1.1'),
    fields: parseFieldLines(rest, unused),
    body: raw.subarray(headLength),
    raw,
  }
}
