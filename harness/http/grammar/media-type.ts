import { splitList } from './list.ts'
import type { Parameters } from './parameters.ts'
import { parseParameters } from './parameters.ts'
import { tokenSource } from './token.ts'

export interface MediaType {
  /** Lower-case `type/subtype`. */
  readonly essence: string
  readonly type: string
  readonly subtype: string
  readonly parameters: Parameters
}

const essence = new RegExp(`^(${tokenSource})/(${tokenSource})$`)

/** Reads a media type (RFC 9110 section 8.3.1); undefined when there is no `type/subtype` in front. */
export function parseMediaType(value: string): MediaType | undefined {
  const [first = '', ...rest] = splitList(value, ';')
  const [, type, subtype] = essence.exec(first.toLowerCase()) ?? []
  if (type === undefined || subtype === undefined) return undefined
  return { essence: `${type}/${subtype}`, type, subtype, parameters: parseParameters(rest) }
}

/** True for `application/json`, `text/json` and every `+json` (RFC 6839 section 3.1). */
export function isJson({ essence: name, subtype }: MediaType): boolean {
  return name === 'application/json' || name === 'text/json' || subtype.endsWith('+json')
}

/** True for HTML in both of its syntaxes. */
export function isHtml({ essence: name }: MediaType): boolean {
  return name === 'text/html' || name === 'application/xhtml+xml'
}
