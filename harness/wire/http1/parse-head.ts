import type { ResponseHead } from '../exchange.ts'
import type { Line } from './field-lines.ts'
import { latin1, linesOf, parseFieldLines } from './field-lines.ts'
import type { Problems } from './problems.ts'

/**
 * Reads a response head that has arrived whole, as leniently as a status code can be found.
 *
 * @param offset where the head begins in the response, for the problems
 * @returns undefined when the first line holds no status code
 */
export function parseHead(raw: Uint8Array, offset: number, problems: Problems): ResponseHead | undefined {
  const lines = linesOf(raw, offset, problems)
  const first = lines.next()
  const status = first.done === true ? undefined : parseStatusLine(first.value, problems)
  if (status === undefined) return undefined
  return { ...status, fields: parseFieldLines(lines, problems), raw }
}

// status-line = HTTP-version SP status-code SP [ reason-phrase ] (RFC 9112 section 4)
const strict = /^HTTP\/(\d\.\d) (\d{3}) (.*)$/s
const lenient = /^HTTP\/(\S*)[ \t]+(\d{1,9})[ \t]*(.*)$/is

function parseStatusLine(
  line: Line,
  problems: Problems,
): Pick<ResponseHead, 'version' | 'status' | 'reason'> | undefined {
  const text = latin1(line.bytes)
  const wellFormed = strict.exec(text)
  const found = wellFormed ?? lenient.exec(text)
  if (wellFormed === null) problems.add('status-line-malformed', line.start, line.bytes)
  if (found === null) return undefined
  const [, version = '', status = '', reason = ''] = found
  if (version.startsWith('0')) problems.add('http-09', line.start, line.bytes)
  return { version, status: Number(status), reason }
}
