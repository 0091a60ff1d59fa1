import { trimOws } from '../../grammar/list.ts'
import type { ContentRange } from './content-range.ts'
import { parseContentRange } from './content-range.ts'

/** One part of a multipart/byteranges content (RFC 9110 section 14.6). */
export interface RangePart {
  /** Content-Range of the part as it stands; empty when absent. */
  readonly said: string
  readonly range: (ContentRange & { readonly kind: 'range' }) | undefined
  readonly bytes: Uint8Array
}

/** The parts, or why the content cannot be taken apart (RFC 2046 section 5.1.1). */
export function parseByteranges(contentType: string, content: Uint8Array): readonly RangePart[] | string {
  const [, quoted, token] = /;[ \t]*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? []
  const boundary = quoted ?? token
  if (boundary === undefined) return 'Content-Type has no boundary'
  const body = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const delimiter = `\r\n--${boundary}`
  // The first delimiter may stand at the very beginning, without its line end.
  const begins = body.subarray(0, delimiter.length - 2).toString('latin1') === delimiter.slice(2)
  let at = begins ? -2 : body.indexOf(delimiter, 0, 'latin1')
  if (at === -1) return 'the boundary does not occur'
  const parts: RangePart[] = []
  for (;;) {
    const start = at + delimiter.length
    if (body.subarray(start, start + 2).toString('latin1') === '--') return parts.length === 0 ? 'no part' : parts
    const next = body.indexOf(delimiter, start, 'latin1')
    if (next === -1) return 'the last boundary is missing'
    const part = body.subarray(start, next)
    const head = part.indexOf('\r\n\r\n', 0, 'latin1')
    if (head === -1) return 'a part has no end of its fields'
    parts.push(readPart(part.subarray(0, head).toString('latin1'), part.subarray(head + 4)))
    at = next
  }
}

function readPart(head: string, bytes: Uint8Array): RangePart {
  const line = head.split('\r\n').find((each) => /^content-range:/i.test(each)) ?? ''
  const said = trimOws(line.slice(line.indexOf(':') + 1))
  const range = parseContentRange(said)
  return { said, range: range?.kind === 'range' ? range : undefined, bytes }
}
