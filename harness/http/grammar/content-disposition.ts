import { splitList, trimOws } from './list.ts'
import { parameter, parseParameters } from './parameters.ts'
import { isToken } from './token.ts'

export interface ContentDisposition {
  /** As written; empty where the value begins with a semicolon or is empty. */
  readonly type: string
  readonly wellFormed: boolean
  /** `filename`, without quotes. */
  readonly name: string | undefined
  /** `filename*`, as it stands. */
  readonly extended: string | undefined
}

/** What can be read of a Content-Disposition (RFC 6266 section 4.1), however malformed the rest is. */
export function parseContentDisposition(value: string): ContentDisposition {
  const [first = ''] = value.split(';', 1)
  const parameters = parseParameters(splitList(value.slice(first.length), ';'), 'loose')
  const type = trimOws(first)
  const valueless = parameters.all.some((each) => each.value === undefined)
  return {
    type,
    wellFormed: isToken(type) && parameters.malformed.length === 0 && !valueless,
    name: parameter(parameters, 'filename'),
    extended: parameter(parameters, 'filename*'),
  }
}

export type DispositionFault = 'unknown' | 'unnamed' | 'percent' | 'path'

/** What is wrong with a disposition that was read. */
export function* dispositionFaults({ type, name, extended }: ContentDisposition): Iterable<DispositionFault> {
  const kind = type.toLowerCase()
  if (kind !== 'inline' && kind !== 'attachment') yield 'unknown'
  if (kind === 'attachment' && name === undefined && extended === undefined) yield 'unnamed'
  if ((name ?? '').includes('%')) yield 'percent'
  if (/[\\/]/.test(name ?? '') || /%(?:2f|5c)/i.test(extended ?? '')) yield 'path'
}
