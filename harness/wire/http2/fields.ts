import type { OutgoingHttpHeaders } from 'node:http2'
import { UsageError } from '../../kernel/index.ts'
import type { SentRequest } from '../exchange.ts'
import type { FieldLine } from '../fields.ts'

/**
 * The request as HTTP/2 has it (RFC 9113 section 8.3): names in lower case, and `:authority` in
 * place of Host.
 *
 * @throws UsageError for raw bytes, and for more than one Host: there is only one `:authority`
 */
export function asHttp2(request: SentRequest): SentRequest {
  if (request.raw !== undefined) {
    throw new UsageError({ path: 'raw', given: `${request.raw.length} bytes`, wanted: 'no raw bytes in HTTP/2' })
  }
  const fields = request.fields.map(({ name, value }) => ({
    name: name.toLowerCase() === 'host' ? ':authority' : name.toLowerCase(),
    value,
  }))
  const authorities = fields.filter(({ name }) => name === ':authority').length
  if (authorities > 1) {
    throw new UsageError({ path: 'fields', given: `${authorities} Host fields`, wanted: 'one Host in HTTP/2' })
  }
  return { ...request, fields }
}

/** For node:http2, which takes a list for a field that is sent more than once. */
export function headersOf(request: SentRequest): OutgoingHttpHeaders {
  const headers: Record<string, string | string[]> = {
    ':method': request.method,
    ':scheme': new URL(request.url).protocol.slice(0, -1),
    ':path': request.target,
  }
  for (const [name, lines] of Map.groupBy(request.fields, (line) => line.name)) {
    const values = lines.map(({ value }) => value)
    headers[name] = values.length === 1 ? (values[0] ?? '') : values
  }
  return headers
}

/** Field lines from the flat list of names and values that node:http2 keeps; pseudo-fields are left out. */
export function linesOfRaw(raw: readonly string[]): FieldLine[] {
  const lines: FieldLine[] = []
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? ''
    if (!name.startsWith(':')) lines.push({ name, value: raw[at + 1] ?? '' })
  }
  return lines
}
