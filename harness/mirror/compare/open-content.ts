import { decodeContent } from '../../wire/index.ts'
import type { Answer, RawFields } from '../exchange.ts'

/** Content as it is compared. */
export interface Content {
  readonly bytes: Uint8Array
  /** Why these are still the bytes of the wire, though the answer says that they are coded. */
  readonly why?: string
}

/**
 * The content of an answer without its codings, so that two servers that compress in different ways can be the same. What
 * cannot be opened, or is far larger inside, stays as it came and says why.
 */
export function openContent({ fields, body }: Answer): Content {
  const coding = codingsOf(fields)
  if (coding === '') return { bytes: body }
  const decoded = decodeContent(coding, body)
  if (decoded.state === 'decoded') return { bytes: decoded.body }
  if (decoded.state === 'corrupt') return { bytes: body, why: `${decoded.coding} cannot be decoded: ${decoded.why}` }
  if (decoded.state === 'unknown-coding') return { bytes: body, why: `nobody here decodes ${decoded.coding}` }
  return { bytes: body, why: `${decoded.coding} holds more than ${decoded.limitBytes / 2 ** 20} MiB` }
}

/** All codings of an answer in the order in which they were applied; empty when there is none (RFC 9110 section 8.4). */
export function codingsOf(fields: RawFields): string {
  const found: string[] = []
  for (let at = 0; at + 1 < fields.length; at += 2) {
    if (fields[at]?.toLowerCase() === 'content-encoding') found.push(fields[at + 1] ?? '')
  }
  const all = found.join(',').trim()
  return all.toLowerCase() === 'identity' ? '' : all
}
