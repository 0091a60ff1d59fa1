import type { FieldLine } from '../fields.ts'
import type { Problems } from './problems.ts'

const NUL = 0
const HTAB = 9
const LF = 10
const CR = 13
const SP = 32
const COLON = 58

/** One line without its ending, where it stood, and where its terminator begins. */
export interface Line {
  readonly start: number
  readonly bytes: Uint8Array
}

/**
 * Cuts a block into lines at LF, noting what RFC 9112 section 2.2 does not allow in one: a LF
 * without CR, a CR without LF, NUL. The empty line that ends the block is not among them.
 */
export function* linesOf(block: Uint8Array, offset: number, problems: Problems): Generator<Line> {
  let start = 0
  while (start < block.length) {
    const found = block.indexOf(LF, start)
    const stop = found < 0 ? block.length : found
    const crlf = found > start && block[found - 1] === CR
    const end = crlf ? stop - 1 : stop
    const bytes = block.subarray(start, end)
    if (found >= 0 && !crlf) problems.add('bare-lf', offset + found, block.subarray(start, found + 1))
    noteControls(bytes, offset + start, problems)
    if (bytes.length > 0) yield { start: offset + start, bytes }
    start = stop + 1
  }
}

function noteControls(line: Uint8Array, offset: number, problems: Problems): void {
  const cr = line.indexOf(CR)
  if (cr >= 0) problems.add('bare-cr', offset + cr, line.subarray(cr))
  const nul = line.indexOf(NUL)
  if (nul >= 0) problems.add('nul-byte', offset + nul, line.subarray(nul))
}

/**
 * Reads field lines (RFC 9112 section 5), mending nothing but what must be mended to go on:
 * whitespace before the colon is cut, a folded line is joined to its field by a space, a line
 * without a colon or with whitespace before the first field is left out. Each is noted.
 */
export function parseFieldLines(lines: Iterable<Line>, problems: Problems): FieldLine[] {
  const fields: { name: string; value: string }[] = []
  for (const { start, bytes } of lines) {
    if (bytes[0] === SP || bytes[0] === HTAB) {
      const folded = fields.at(-1)
      problems.add(folded === undefined ? 'leading-space' : 'obsolete-fold', start, bytes)
      if (folded !== undefined) folded.value = trimmed(`${folded.value} ${trimmed(latin1(bytes))}`)
      continue
    }
    const colon = bytes.indexOf(COLON)
    if (colon < 0) {
      problems.add('no-colon', start, bytes)
      continue
    }
    const name = latin1(bytes.subarray(0, colon))
    const bare = name.replace(/[ \t]+$/, '')
    if (bare === '') problems.add('field-name-empty', start, bytes)
    else if (bare !== name) problems.add('space-before-colon', start + bare.length, bytes)
    fields.push({ name: bare, value: trimmed(latin1(bytes.subarray(colon + 1))) })
  }
  return fields
}

/** Without optional whitespace around it: spaces and tabs, nothing else (RFC 9110 section 5.6.3). */
export function trimmed(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && isOws(text.charCodeAt(from))) from += 1
  while (to > from && isOws(text.charCodeAt(to - 1))) to -= 1
  return text.slice(from, to)
}

function isOws(code: number): boolean {
  return code === SP || code === HTAB
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
