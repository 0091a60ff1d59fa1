import { UsageError } from '../../../kernel/index.ts'
import type { Part, Values } from '../log-pattern.ts'
import { fits } from '../log-pattern.ts'
import { logTime } from '../log-time.ts'
import type { Logged } from '../read-log.ts'
import { readLog } from '../read-log.ts'
import type { Given, TrafficReader } from '../traffic.ts'

/** nginx's own format, which is Apache's `combined` too (ngx_http_log_module). */
const combined =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"'

/** Access logs of nginx: `combined`, or a `log_format` of its configuration. */
export const nginx: TrafficReader = {
  id: 'nginx',
  title: 'an access log (combined, or a log_format of nginx)',
  takes: (start, { logFormat }) => (logFormat === undefined ? fits(start, partsOf(combined)) : /\$\w/.test(logFormat)),
  lacks: ['contents of requests', 'fields but those that its format names', 'answers to compare with'],
  read: (source, given) => readLog(source, partsOf(formatOf(given)), loggedOf),
}

/** @throws UsageError for a format without requests */
function formatOf({ logFormat = combined }: Given): string {
  // As it stands in a configuration, in quoted pieces, or bare.
  const directive = /^\s*log_format\s+\S+\s+(?:escape=\w+\s+)?(.*?);?\s*$/s.exec(logFormat)?.[1]
  const format = directive === undefined ? logFormat : piecesOf(directive)
  const names = new Set(partsOf(format).flatMap((part) => ('name' in part ? [part.name] : [])))
  if (names.has('request') || (names.has('request_method') && (names.has('request_uri') || names.has('uri'))))
    return format
  throw new UsageError({
    path: '--log-format',
    given: logFormat,
    wanted: 'a log_format with $request, or with $request_method and $request_uri',
  })
}

function piecesOf(text: string): string {
  const pieces = [...text.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)]
  return pieces.map(([, single, double]) => (single ?? double ?? '').replaceAll(/\\(['"\\])/g, '$1')).join('')
}

function partsOf(format: string): readonly Part[] {
  return format.split(/(\$\w+|\$\{\w+\})/).flatMap((piece, at): readonly Part[] => {
    if (at % 2 === 1) return [partOf(piece.replaceAll(/[${}]/g, ''))]
    return piece === '' ? [] : [{ text: piece }]
  })
}

const words = new Set(['status', 'body_bytes_sent', 'bytes_sent', 'remote_addr', 'msec', 'request_time', 'connection'])

function partOf(name: string): Part {
  if (name === 'time_local') return { name, like: /^[^\]\s]+ [+-]\d{4}$/ }
  return words.has(name) ? { name, like: /^\S+$/ } : { name }
}

function loggedOf(values: Values): Logged | { readonly why: string } {
  const uri = values.get('request_uri') ?? pathOf(values)
  const protocol = values.get('server_protocol') ?? 'HTTP/1.1'
  const request = values.get('request') ?? `${values.get('request_method') ?? ''} ${uri} ${protocol}`
  const time = timeOf(values)
  if (time === undefined) return { why: 'its time cannot be read' }
  const body = values.get('request_body')
  const seconds = Number(values.get('request_time') ?? Number.NaN)
  const ms = Number.isNaN(seconds) ? undefined : seconds * 1_000
  const [connection, address] = [values.get('connection'), values.get('remote_addr')]
  return {
    request,
    fields: fieldsOf(values),
    ...beganAt(time, ms ?? 0),
    ...(ms !== undefined && { ms }),
    ...(connection !== undefined && { connection }),
    ...(address !== undefined && { address }),
    ...(body !== undefined && body !== '' && { body: Buffer.from(body, 'latin1') }),
  }
}

/** It is written when the answer is over, and a time in whole seconds stays one. */
function beganAt({ at, grain }: { at: number | undefined; grain: number }, ms: number): Pick<Logged, 'at' | 'grain'> {
  return { at: at === undefined ? undefined : Math.floor((at - ms) / grain) * grain, grain }
}

function pathOf(values: Values): string {
  const query = values.get('args') ?? values.get('query_string')
  return `${values.get('uri') ?? ''}${query === undefined || query === '' ? '' : `?${query}`}`
}

/** Undefined for one that cannot be read; without any, there is none. */
function timeOf(values: Values): { readonly at: number | undefined; readonly grain: number } | undefined {
  const [seconds, local, iso] = [values.get('msec'), values.get('time_local'), values.get('time_iso8601')]
  const at =
    seconds !== undefined
      ? Math.round(Number(seconds) * 1_000)
      : local !== undefined
        ? logTime(local)
        : iso !== undefined
          ? Date.parse(iso)
          : null
  if (at === null) return { at: undefined, grain: 1 }
  return at === undefined || Number.isNaN(at) ? undefined : { at, grain: seconds === undefined ? 1_000 : 1 }
}

function fieldsOf(values: Values): string[] {
  const fields: string[] = []
  const host = values.get('http_host') ?? values.get('host')
  if (host !== undefined) fields.push('Host', host)
  for (const [name, value] of values) {
    const [, field] = /^http_(.+)$/.exec(name) ?? []
    if (field !== undefined && field !== 'host') fields.push(field.replaceAll('_', '-'), value)
  }
  const type = values.get('content_type')
  if (type !== undefined) fields.push('content-type', type)
  return fields
}
