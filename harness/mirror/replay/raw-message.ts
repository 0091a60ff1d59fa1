import type { RawFields } from '../exchange.ts'
import { fieldOf } from '../exchange.ts'

/** An HTTP/1.1 message as it went over the wire. */
export interface Message {
  /** Its first line. */
  readonly start: string
  readonly fields: RawFields
  /** Without its framing. */
  readonly body: Uint8Array
  readonly trailers: RawFields
}

/** Reads one message (RFC 9112 section 2) that was captured whole; why it cannot be read otherwise. */
export function readMessage(bytes: Buffer): Message | { readonly why: string } {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return { why: 'its head has no end' }
  const [start = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const fields = fieldsOf(lines)
  if (fields === undefined) return { why: 'a line of its head is no field' }
  const rest = bytes.subarray(end + 4)
  if (/(?:^|,)\s*chunked\s*$/i.test(fieldOf(fields, 'transfer-encoding') ?? '')) {
    const content = unchunked(rest)
    // Some capture what comes out of a client library: without chunks, though the field is still there.
    if (content !== undefined) return { start, fields, ...content }
  }
  const said = Number(fieldOf(fields, 'content-length'))
  if (said > rest.length) return { why: `its content is cut off: ${rest.length} of ${said} bytes` }
  return { start, fields, body: Number.isNaN(said) ? rest : rest.subarray(0, said), trailers: [] }
}

function fieldsOf(lines: readonly string[]): string[] | undefined {
  const fields: string[] = []
  for (const line of lines) {
    const [, name, value = ''] = /^([^\s:]+):[ \t]*(.*?)[ \t]*$/s.exec(line) ?? []
    if (name === undefined) return undefined
    fields.push(name, value)
  }
  return fields
}

/** Chunks put together (RFC 9112 section 7.1); undefined where they are none, or not all. */
function unchunked(bytes: Buffer): Pick<Message, 'body' | 'trailers'> | undefined {
  const chunks: Buffer[] = []
  for (let at = 0; ;) {
    const line = bytes.indexOf('\r\n', at)
    if (line < 0) return undefined
    const [, hex] = /^([\da-f]{1,13})[ \t]*(?:;.*)?$/i.exec(bytes.subarray(at, line).toString('latin1')) ?? []
    if (hex === undefined) return undefined
    const size = Number.parseInt(hex, 16)
    if (size === 0) {
      const lines = bytes
        .subarray(line + 2)
        .toString('latin1')
        .split('\r\n')
      return { body: Buffer.concat(chunks), trailers: fieldsOf(lines.filter((each) => each !== '')) ?? [] }
    }
    if (line + 2 + size > bytes.length) return undefined
    chunks.push(bytes.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
}
