import { shown, type Tell } from '../problem.ts'
import type { Word } from '../source.ts'

/** A line of httpd.conf, with all that its backslashes join to it. */
export interface ApacheLine {
  /** `<Name ...>`, `</Name>`, or neither. */
  readonly kind: 'directive' | 'opening' | 'closing'
  readonly name: Word
  readonly args: readonly Word[]
}

const newLine = 10
const carriageReturn = 13
const space = 32
const doubleQuote = 34
const hash = 35
const singleQuote = 39
const slash = 47
const less = 60
const greater = 62
const backslash = 92
const deleted = 127

const isBlank = (code: number): boolean => code === space || (code >= 9 && code <= carriageReturn && code !== newLine)

/** The lines of the file that say something: parted as `ap_cfg_getline()` and `ap_getword_conf()` do it. */
export function* linesOf(source: string, tell: Tell): Generator<ApacheLine> {
  let at = source.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  let lineStart = 0
  if (at === 1)
    tell({ line, column: 1 }, 'a byte order mark', 'the first word of the file; save it as UTF-8 without one')

  const place = (offset: number) => ({ line, column: offset - lineStart + 1 })
  /** Passes over backslashes at ends of lines: what follows belongs to the same line, in the middle of a word too. */
  const join = (): void => {
    for (;;) {
      const width = source.charCodeAt(at) === backslash ? joinWidth(source, at) : 0
      if (width === 0) return
      at += width
      line++
      lineStart = at
    }
  }
  const code = (): number => {
    join()
    return at < source.length ? source.charCodeAt(at) : newLine
  }
  const skipBlanks = (): void => {
    while (isBlank(code())) at++
  }
  const skipLine = (): void => {
    while (code() !== newLine) at++
    at++
    line++
    lineStart = at
  }

  const readWord = (stop: number): Word => {
    skipBlanks()
    const start = at
    const where = place(start)
    const first = code()
    const quote = first === doubleQuote || first === singleQuote ? first : 0
    if (quote !== 0) at++
    let text = ''
    let taken = at
    let closed = quote === 0
    while (at < stop) {
      const before = at
      const here = code()
      if (at !== before) {
        text += source.slice(taken, before)
        taken = at
      }
      if (at >= stop || here === newLine || (quote === 0 && isBlank(here))) break
      if (quote !== 0 && here === quote) {
        closed = true
        break
      }
      if (here === backslash && isEscape(source, at, quote)) {
        text += source.slice(taken, at)
        taken = at + 1
        at++
      } else tellControl(at, here)
      at++
    }
    text += source.slice(taken, at)
    if (quote !== 0 && closed) at++
    if (!closed) {
      const mark = String.fromCharCode(quote)
      // Apache cuts off blanks at the end of a line before it looks for the quote.
      text = text.trimEnd()
      tell(where, `a quote ${mark} that is not closed`, `another ${mark} before the end of the line`, 'doubtful')
    }
    return { text, start, end: at, ...where, ...(text.includes('${') && { expands: true }) }
  }
  const tellControl = (offset: number, sign: number): void => {
    if (sign >= space && sign !== deleted) return
    if (isBlank(sign)) return
    const name = `0x${sign.toString(16).padStart(2, '0')}`
    tell(place(offset), `the control character ${name}`, 'text: Apache reads the line only until a NUL', 'doubtful')
  }
  const words = (stop: number): readonly Word[] => {
    const found: Word[] = []
    for (;;) {
      skipBlanks()
      if (at >= stop || code() === newLine) return found
      found.push(readWord(stop))
    }
  }

  while (at < source.length) {
    skipBlanks()
    const first = code()
    if (first === newLine || first === hash) {
      skipLine()
      continue
    }
    if (first !== less) {
      const [name, ...args] = words(source.length)
      if (name !== undefined) yield { kind: 'directive', name, args }
    } else {
      const opened = place(at)
      at++
      const closing = code() === slash
      if (closing) at++
      const stop = closing ? firstGreater(source, at) : lastGreater(source, at)
      if (stop === -1)
        tell(opened, shown(source.slice(opened.column - 1 + lineStart, at + 20)), 'a > at the end of the line')
      const start = at
      const where = place(start)
      while (at < source.length && code() !== newLine && code() !== greater && !isBlank(code())) at++
      const name = { text: source.slice(start, at).replaceAll(/\\\r?\n/g, ''), start, end: at, ...where }
      const args = words(stop === -1 ? source.length : stop)
      if (closing && stop !== -1 && stop !== name.end) tell(name, shown(`${name.text} `), 'a > right behind the name')
      yield { kind: closing ? 'closing' : 'opening', name, args }
    }
    // What stands behind the > of a section is read by nobody.
    skipLine()
  }
}

/** A backslash before a backslash, or before the quote that is open; not one that joins lines. */
function isEscape(source: string, at: number, quote: number): boolean {
  const next = source.charCodeAt(at + 1)
  return (next === backslash && joinWidth(source, at + 1) === 0) || (quote !== 0 && next === quote)
}

/** How many characters a backslash at an end of line takes, the end of line with it. At the end of the file it is a backslash. */
function joinWidth(source: string, at: number): number {
  if (source.charCodeAt(at + 1) === newLine) return 2
  return source.charCodeAt(at + 1) === carriageReturn && source.charCodeAt(at + 2) === newLine ? 3 : 0
}

/** The end of a line with all that is joined to it. */
function endOfLine(source: string, from: number): number {
  for (let feed = source.indexOf('\n', from); ; feed = source.indexOf('\n', feed + 1)) {
    if (feed === -1) return source.length
    const before = source.charCodeAt(feed - 1) === carriageReturn ? feed - 2 : feed - 1
    if (before < from || source.charCodeAt(before) !== backslash) return feed
  }
}

function lastGreater(source: string, from: number): number {
  const at = source.lastIndexOf('>', endOfLine(source, from))
  return at < from ? -1 : at
}

function firstGreater(source: string, from: number): number {
  const at = source.indexOf('>', from)
  return at === -1 || at > endOfLine(source, from) ? -1 : at
}

/** A word that Apache reads as this text. A `${` is a variable to it inside quotes too; nothing keeps it from that. */
export function quoteApache(text: string): string {
  if (/^[\w./:@,=*+%()[\]-]+$/.test(text)) return text
  return `"${text.replaceAll(/[\\"]/g, String.raw`\$&`)}"`
}
