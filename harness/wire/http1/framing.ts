import type { ReceivedResponse, ResponseHead } from '../exchange.ts'
import type { FieldLine } from '../fields.ts'
import { Fields } from '../fields.ts'
import { trimmed } from './field-lines.ts'
import type { Problems } from './problems.ts'

export type Framing =
  | { readonly kind: Exclude<ReceivedResponse['framing'], 'content-length' | 'http2'> }
  | { readonly kind: 'content-length'; readonly length: number }

// The codings of the IANA registry, with their old names.
const knownCodings: readonly string[] = ['chunked', 'compress', 'deflate', 'gzip', 'identity', 'x-compress', 'x-gzip']

/**
 * How the content of a response ends: RFC 9112 section 6.3, in its order. Where it says that
 * the message is beyond use, everything up to the end of the connection is taken.
 *
 * @param offset where the head begins in the response, for the problems
 */
export function framingOf(method: string, head: ResponseHead, offset: number, problems: Problems): Framing {
  const fields = new Fields(head.fields)
  const note = (code: Parameters<Problems['add']>[0], name: string): void => {
    const excerpt = fields
      .all(name)
      .map((value) => `${name}: ${value}`)
      .join('\n')
    problems.add(code, offset + placeOf(head.raw, name), Buffer.from(excerpt, 'latin1'))
  }
  const lengths = lengthsOf(fields)
  const wrong = lengths.some((value) => !/^\d+$/.test(value))
  const different = new Set(lengths.map((value) => value.replace(/^0+(?=\d)/, ''))).size > 1
  if (wrong) note('content-length-invalid', 'Content-Length')
  else if (different) note('content-length-conflict', 'Content-Length')
  else if (lengths.length > 1) note('content-length-repeated', 'Content-Length')

  const codings = codingsOf(fields)
  const chunkedAt = codings.indexOf('chunked')
  const strange = codings.some((coding) => !knownCodings.includes(coding))
  if (strange || (chunkedAt >= 0 && chunkedAt !== codings.length - 1)) {
    note('transfer-encoding-unknown', 'Transfer-Encoding')
  }
  if (codings.length > 0 && lengths.length > 0) note('content-length-with-transfer-encoding', 'Content-Length')

  if (hasNoContent(method, head.status)) return { kind: 'none' }
  if (codings.length > 0) return { kind: codings.at(-1) === 'chunked' ? 'chunked' : 'close' }
  if (lengths.length === 0 || wrong || different) return { kind: 'close' }
  return { kind: 'content-length', length: Number(lengths[0]) }
}

/** True when no content can follow, whatever the fields say. */
export function hasNoContent(method: string, status: number): boolean {
  return method === 'HEAD' || status === 204 || status === 304 || endsHttp(method, status) || isInterim(status)
}

/** True when what follows on the connection is another protocol: after 101, and in a tunnel. */
export function endsHttp(method: string, status: number): boolean {
  return status === 101 || (method === 'CONNECT' && status >= 200 && status < 300)
}

/** 1xx, but not 101: after that no final response comes. */
export function isInterim(status: number): boolean {
  return status >= 100 && status < 200 && status !== 101
}

function lengthsOf(fields: Fields): readonly string[] {
  return fields.all('content-length').flatMap((value) => value.split(',').map(trimmed))
}

function codingsOf(fields: Fields): readonly string[] {
  return (fields.get('transfer-encoding')?.split(',') ?? [])
    .map((coding) => trimmed(coding).toLowerCase())
    .filter((coding, _, all) => coding !== '' || all.length === 1)
}

function placeOf(raw: Uint8Array, name: string): number {
  const found = Buffer.from(raw).toString('latin1').toLowerCase().indexOf(`\n${name.toLowerCase()}`)
  return found < 0 ? 0 : found + 1
}

/** The sender will close after this message (RFC 9112 section 9.3). */
export function saysClose(lines: readonly FieldLine[], version: string): boolean {
  const options = (new Fields(lines).get('connection') ?? '').split(',').map((option) => trimmed(option).toLowerCase())
  return options.includes('close') || (version.startsWith('1.0') && !options.includes('keep-alive'))
}
