import type { Tell } from '../problem.ts'
import type { Word } from '../source.ts'

/** A word of a zone file. In one without quotes escapes stay, because `a\.b` is one label; so they do in quotes, see `zoneText`. */
export interface ZoneWord extends Word {
  readonly quoted: boolean
}

/** An entry: a line, or several inside parentheses. */
export interface ZoneEntry {
  readonly words: readonly ZoneWord[]
  /** The entry begins with a blank: it is about the same name as the one before. */
  readonly ownerless: boolean
}

const blank = /[ \t\r\v\f]/

/** The entries of a zone file: RFC 1035, section 5.1. A semicolon begins a comment outside quotes. */
export function* zoneEntries(source: string, tell: Tell): Generator<ZoneEntry> {
  let at = 0
  let line = 1
  let lineStart = 0
  if (source.startsWith('\uFEFF')) {
    tell({ line, column: 1 }, 'a byte order mark', 'the first character of the zone; save it as UTF-8 without one')
    at = 1
  }
  const place = (offset: number) => ({ line, column: offset - lineStart + 1 })

  const readWord = (): ZoneWord => {
    const start = at
    const where = place(start)
    const quoted = source[at] === '"'
    if (quoted) at++
    for (; at < source.length; at++) {
      const sign = source.charAt(at)
      if (sign === '\n') break
      if (sign === '\\' && at + 1 < source.length && source[at + 1] !== '\n') at++
      else if (quoted ? sign === '"' : blank.test(sign) || '();"'.includes(sign)) break
      else if (sign < ' ' && sign !== '\t' && sign !== '\r')
        tell(
          place(at),
          `the control character 0x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`,
          String.raw`\ and its number in three digits`,
          'doubtful',
        )
    }
    if (!quoted) return { text: source.slice(start, at), start, end: at, ...where, quoted }
    const text = source.slice(start + 1, at)
    if (source[at] === '"') at++
    else tell(where, 'a quote " that is not closed', 'another " before the end of the line')
    return { text, start, end: at, ...where, quoted }
  }

  while (at < source.length) {
    const ownerless = blank.test(source.charAt(at))
    const words: ZoneWord[] = []
    let opened: { line: number; column: number } | undefined
    for (;;) {
      const sign = source.charAt(at)
      if (sign === '') break
      if (sign === '\n') {
        at++
        line++
        lineStart = at
        if (opened === undefined) break
      } else if (sign === ';') {
        const feed = source.indexOf('\n', at)
        at = feed === -1 ? source.length : feed
      } else if (sign === '(') {
        if (opened !== undefined) tell(place(at), '( inside parentheses', ') before it')
        opened = place(at)
        at++
      } else if (sign === ')') {
        if (opened === undefined) tell(place(at), ') that closes nothing', '( before it')
        opened = undefined
        at++
      } else if (blank.test(sign)) at++
      else words.push(readWord())
    }
    if (opened !== undefined) tell(opened, '( that is not closed', ') before the end of the file')
    if (words.length > 0) yield { words, ownerless }
  }
}

/**
 * What a character string of a TXT record says, as UTF-8: `\DDD` is a byte by its number, and a backslash before anything else takes
 * its meaning away.
 */
export function zoneText({ text }: Pick<Word, 'text'>): string {
  return text.replaceAll(/((?:\\\d{3})+)|\\([\s\S])/g, (_, bytes: string | undefined, sign: string | undefined) =>
    bytes === undefined
      ? (sign ?? '')
      : new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes.slice(1).split('\\').map(Number))),
  )
}

/** A character string of a zone file that says this text: characters outside ASCII are written as the bytes of UTF-8. */
export function quoteZone(text: string): string {
  const written = [...new TextEncoder().encode(text)].map((byte) => {
    if (byte === 34 || byte === 92) return `\\${String.fromCharCode(byte)}`
    return byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`
  })
  return `"${written.join('')}"`
}
