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

/** A word, or one of the signs that nginx parts by, at its offset. */
export type Token = { readonly word: Word } | { readonly sign: ';' | '{' | '}' | 'end'; readonly at: Word }

const closingParenthesis = 41
const semicolon = 59
const openingBrace = 123
const closingBrace = 125

/** nginx refuses longer words: the size of its buffer (NGX_CONF_BUFFER). */
const longestWord = 4096

/**
 * The tokens of an nginx.conf, as `ngx_conf_read_token()` parts them: quotes count only at the beginning of a word, `#` too, and `${`
 * opens no block.
 */
export function tokensOf(source: string, tell: Tell): () => Token {
  let at = source.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  let lineStart = 0
  if (at === 1)
    tell({ line, column: 1 }, 'a byte order mark', 'the first word of the file; save it as UTF-8 without one')

  const place = (offset: number) => ({ line, column: offset - lineStart + 1 })
  const wordFrom = (text: string, start: number, end: number, where: { line: number; column: number }): Word => ({
    text,
    start,
    end,
    line: where.line,
    column: where.column,
  })
  const newLine = (offset: number): void => {
    line++
    lineStart = offset + 1
  }

  const skipBlanks = (): void => {
    for (; at < source.length; at++) {
      const code = source.charCodeAt(at)
      if (code === lineFeed) newLine(at)
      else if (code === hash) {
        const feed = source.indexOf('\n', at)
        at = feed === -1 ? source.length - 1 : feed - 1
      } else if (code !== space && code !== tab && code !== carriageReturn) return
    }
  }

  const tellControl = (offset: number, code: number): void => {
    if (code >= space && code !== deleted) return
    if (code === tab || code === carriageReturn) return
    const name = `0x${code.toString(16).padStart(2, '0')}`
    tell(place(offset), `the control character ${name}`, 'text: parts of nginx read only until there', 'doubtful')
  }

  const quoted = (quote: number): Word => {
    const start = at
    const where = place(start)
    for (at++; at < source.length; at++) {
      const code = source.charCodeAt(at)
      if (code === backslash && source.charCodeAt(at + 1) !== lineFeed) at++
      else if (code === lineFeed) newLine(at)
      else if (code === quote) {
        at++
        checkBehindQuote()
        return wordFrom(unescape(source.slice(start + 1, at - 1)), start, at, where)
      } else tellControl(at, code)
    }
    at = source.length
    const mark = String.fromCharCode(quote)
    tell(where, `a quote ${mark} that is not closed`, `another ${mark} before the end of the file`)
    return wordFrom(unescape(source.slice(start + 1, at)), start, at, where)
  }

  /** Behind a quote nginx wants a blank, `;`, `{`, or `)`, with which the next word begins. */
  const checkBehindQuote = (): void => {
    const code = source.charCodeAt(at)
    if (at >= source.length || code === space || code === tab || code === carriageReturn || code === lineFeed) return
    if (code === semicolon || code === openingBrace || code === closingParenthesis) return
    tell(place(at), `${shown(source.charAt(at))} right behind a quote`, 'a blank, ; or {')
  }

  const bare = (): Word => {
    const start = at
    const where = place(start)
    let variable = false
    for (; at < source.length; at++) {
      const code = source.charCodeAt(at)
      if (code === openingBrace && variable) {
        variable = false
        continue
      }
      variable = code === dollar
      if (code === backslash) {
        if (source.charCodeAt(at + 1) === lineFeed) newLine(at + 1)
        at++
      } else if (isEnd(code)) break
      else tellControl(at, code)
    }
    at = Math.min(at, source.length)
    return wordFrom(unescape(source.slice(start, at)), start, at, where)
  }

  return () => {
    skipBlanks()
    const code = at < source.length ? source.charCodeAt(at) : -1
    if (code === -1) return { sign: 'end', at: wordFrom('', at, at, place(at)) }
    if (code === semicolon || code === openingBrace || code === closingBrace) {
      const text = source.charAt(at)
      const sign = code === semicolon ? ';' : code === openingBrace ? '{' : '}'
      at++
      return { sign, at: wordFrom(text, at - 1, at, place(at - 1)) }
    }
    const word = code === doubleQuote || code === singleQuote ? quoted(code) : bare()
    if (word.end - word.start > longestWord)
      tell(word, `a word of ${word.end - word.start} characters`, `at most ${longestWord}`)
    return { word }
  }
}

const isEnd = (code: number): boolean =>
  code === space ||
  code === tab ||
  code === carriageReturn ||
  code === lineFeed ||
  code === semicolon ||
  code === openingBrace

const signs: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' }

/** A backslash before anything but a quote, a backslash, t, r and n stays, for the regular expressions. */
function unescape(raw: string): string {
  if (!raw.includes('\\')) return raw
  return raw.replaceAll(/\\(["'\\trn])/g, (_, sign: string) => signs[sign] ?? sign)
}

/** A word that nginx reads as this text. */
export function quoteNginx(text: string): string {
  if (/^[\w./:@,=*+%()[\]-]+$/.test(text)) return text
  return `"${text.replaceAll(/[\\"]/g, String.raw`\$&`)}"`
}
