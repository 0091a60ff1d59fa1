import type { Tell } from '../problem.ts'
import type { Word } from '../source.ts'

export type BindToken =
  | { readonly kind: 'word'; readonly word: Word; readonly quoted: boolean }
  | { readonly kind: ';' | '{' | '}' | 'end'; readonly word: Word }

const signs: ReadonlySet<string> = new Set([';', '{', '}'])
const bare = /[^\s;{}"/]+|\/(?![/*])/y
const lineFeed = 10
const blanks = /\s+/y

/** The tokens of a named.conf. Comments are those of C, of C++ and of the shell: BIND 9 Administrator Reference Manual, "Comment Syntax". */
export function bindTokens(source: string, tell: Tell): () => BindToken {
  let at = 0
  let line = 1
  let lineStart = 0
  const place = (offset: number) => ({ line, column: offset - lineStart + 1 })
  const moveTo = (end: number): void => {
    for (; at < end; at++) {
      if (source.charCodeAt(at) !== lineFeed) continue
      line++
      lineStart = at + 1
    }
  }
  if (source.startsWith('\uFEFF')) {
    tell(place(0), 'a byte order mark', 'the first word of the file; save it as UTF-8 without one')
    at = 1
  }

  const skip = (): void => {
    for (;;) {
      blanks.lastIndex = at
      if (blanks.test(source)) moveTo(blanks.lastIndex)
      if (source.startsWith('/*', at)) {
        const close = source.indexOf('*/', at + 2)
        if (close === -1) tell(place(at), 'a comment /* that is not closed', '*/ before the end of the file')
        moveTo(close === -1 ? source.length : close + 2)
      } else if (source.startsWith('//', at) || source.charAt(at) === '#') {
        const feed = source.indexOf('\n', at)
        moveTo(feed === -1 ? source.length : feed)
      } else return
    }
  }

  const quoted = (): BindToken => {
    const start = at
    const where = place(start)
    let end = start + 1
    while (end < source.length && source[end] !== '"' && source[end] !== '\n') end += source[end] === '\\' ? 2 : 1
    const closed = source[end] === '"'
    if (!closed) tell(where, 'a quote " that is not closed', 'another " before the end of the line')
    end = Math.min(end, source.length)
    const text = source.slice(start + 1, end).replaceAll(/\\(["\\])/g, '$1')
    moveTo(closed ? end + 1 : end)
    return { kind: 'word', quoted: true, word: { text, start, end: at, ...where } }
  }

  return () => {
    skip()
    const start = at
    const where = place(start)
    const sign = source.charAt(at)
    const wordTo = (end: number): Word => {
      at = end
      return { text: source.slice(start, end), start, end, ...where }
    }
    if (sign === '') return { kind: 'end', word: wordTo(start) }
    if (sign === '"') return quoted()
    if (signs.has(sign)) return { kind: sign === ';' ? ';' : sign === '{' ? '{' : '}', word: wordTo(start + 1) }
    let end = start
    for (bare.lastIndex = start; bare.test(source); bare.lastIndex = end) end = bare.lastIndex
    const word = wordTo(end)
    const control = /[\0-\u0008\u000e-\u001f\u007f]/.exec(word.text)
    if (control !== null) {
      const name = `0x${control[0].charCodeAt(0).toString(16).padStart(2, '0')}`
      tell(place(start + control.index), `the control character ${name}`, 'text', 'doubtful')
    }
    return { kind: 'word', quoted: false, word }
  }
}

/** A word that BIND reads as this text. */
export function quoteBind(text: string): string {
  return /^[\w.:@,=*+%-]+$/.test(text) ? text : `"${text.replaceAll(/[\\"]/g, String.raw`\$&`)}"`
}
