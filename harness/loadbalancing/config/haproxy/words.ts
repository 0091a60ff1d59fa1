import {
  tab,
  lineFeed,
  carriageReturn,
  space,
  doubleQuote,
  hash,
  dollar,
  singleQuote,
  backslash,
  deleted,
} from '../ascii.ts'
import { shown, type Tell } from '../problem.ts'
import type { Word } from '../source.ts'
import { endOfVariable, readEscape } from './escapes.ts'

/** A line of the file without its end. */
export interface Line {
  readonly source: string
  readonly start: number
  /** Where its words begin: behind a byte order mark, which has a column too. */
  readonly from: number
  readonly end: number
  /** Counted from 1. */
  readonly number: number
}

/** MAX_LINE_ARGS of HAProxy: with more words it refuses the line. */
const mostWords = 64

/** What isspace(3) says in the C locale. */
const isBlank = (code: number): boolean => code === space || (code >= tab && code <= carriageReturn)
const isControl = (code: number): boolean => code < tab || (code > carriageReturn && code < space) || code === deleted

/**
 * The words of a line, as HAProxy parts them: configuration manual, section 2.2, quoting and escaping.
 * A `#` begins a comment anywhere outside quotes, inside a word too.
 */
export function wordsOf(line: Line, tell: Tell): readonly Word[] {
  const { source, end } = line
  const words: Word[] = []
  let at = line.from
  for (;;) {
    while (at < end && isBlank(source.charCodeAt(at))) at++
    if (at >= end || source.charCodeAt(at) === hash) return words
    if (words.length === mostWords) {
      tell(placeIn(line, at), `more than ${mostWords} words in one line`, `at most ${mostWords} words`)
      return words
    }
    const word = readWord(line, at, tell)
    words.push(word)
    at = word.end
  }
}

/** Where an offset of the line is. */
export function placeIn({ start, number }: Line, at: number): { line: number; column: number } {
  return { line: number, column: at - start + 1 }
}

function readWord(line: Line, start: number, tell: Tell): Word {
  const { source, end } = line
  let text = ''
  let at = start
  // Behind what is in `text` already.
  let taken = start
  let quote = 0
  let quoteAt = start
  let expands = false
  while (at < end) {
    const code = source.charCodeAt(at)
    if (quote === 0 && (isBlank(code) || code === hash)) break
    if ((code === doubleQuote && quote !== singleQuote) || (code === singleQuote && quote !== doubleQuote)) {
      text += source.slice(taken, at)
      quoteAt = at
      quote = quote === 0 ? code : 0
      at++
      taken = at
    } else if (code === backslash && quote !== singleQuote) {
      const escape = readEscape(source, at, end, quote === doubleQuote)
      if ('wanted' in escape) tell(placeIn(line, at), shown(source.slice(at, escape.end)), escape.wanted)
      text += source.slice(taken, at) + escape.text
      at = escape.end
      taken = at
    } else if (code === dollar && quote === doubleQuote) {
      const variable = endOfVariable(source, at, end)
      if ('wanted' in variable) tell(placeIn(line, at), shown(source.slice(at, variable.end)), variable.wanted)
      expands = true
      at = variable.end
    } else {
      if (isControl(code)) tellControl(line, at, code, tell)
      at++
    }
  }
  text += source.slice(taken, at)
  if (quote !== 0) {
    const mark = String.fromCharCode(quote)
    tell(placeIn(line, quoteAt), `a quote ${mark} that is not closed`, `another ${mark} before the end of the line`)
  }
  return { text, start, end: at, ...placeIn(line, start), ...(expands && { expands }) }
}

function tellControl(line: Line, at: number, code: number, tell: Tell): void {
  const name = `0x${code.toString(16).padStart(2, '0')}`
  tell(placeIn(line, at), `the control character ${name}`, `\\x${name.slice(2)}, if it is meant`, 'doubtful')
}

/** A word that HAProxy reads as this text, whatever is in it. */
export function quoteHaproxy(text: string): string {
  if (/^[\w./:@,=*+%()[\]-]+$/.test(text)) return text
  // Blanks of other kinds and control characters have no sign of their own in a quote, but each has its number.
  const escaped = text.replaceAll(/["\\$\u0000-\u001f\u007f]/g, (sign) => {
    const code = sign.charCodeAt(0)
    if (code === lineFeed) return String.raw`\n`
    return code > space && code < deleted ? `\\${sign}` : `\\x${code.toString(16).padStart(2, '0')}`
  })
  return `"${escaped}"`
}
