/** Where something ends, what it stands for, and what should stand there when it is wrong. */
interface Escape {
  readonly text: string
  readonly end: number
  readonly wanted?: string
}

const signs: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' }
const themselves = ' \\#\'"'

/**
 * The escape at a backslash outside single quotes. A backslash before anything else is a backslash, and so it is before a dollar sign
 * outside double quotes: measured with 2.6, where a variable is known only inside them.
 */
export function readEscape(source: string, at: number, end: number, inDoubleQuotes: boolean): Escape {
  const next = at + 1 < end ? source.charAt(at + 1) : ''
  if (next !== '' && themselves.includes(next)) return { text: next, end: at + 2 }
  if (next === '$' && inDoubleQuotes) return { text: next, end: at + 2 }
  const sign = signs[next]
  if (sign !== undefined) return { text: sign, end: at + 2 }
  if (next === 'x') return readBytes(source, at, end)
  return { text: '\\', end: at + 1 }
}

/** All `\xHH` that follow each other: they are bytes, and one character of UTF-8 may be several. */
function readBytes(source: string, start: number, end: number): Escape {
  const bytes: number[] = []
  let at = start
  while (at + 4 <= end && source.startsWith(String.raw`\x`, at) && /^[\da-f]{2}$/i.test(source.slice(at + 2, at + 4))) {
    bytes.push(Number.parseInt(source.slice(at + 2, at + 4), 16))
    at += 4
  }
  if (bytes.length > 0)
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes)), end: at }
  return { text: '', end: Math.min(at + 4, end), wanted: String.raw`two hexadecimal digits after \x` }
}

const nameStart = /[A-Za-z_]/
const namePart = /\w*/y

/**
 * The end of the environment variable at a dollar sign inside double quotes: `$NAME`, `${NAME}`, `${NAME-default}`,
 * `${NAME[*]}`. Outside double quotes HAProxy knows none.
 */
export function endOfVariable(source: string, start: number, end: number): { end: number; wanted?: string } {
  const braced = source.charAt(start + 1) === '{'
  let at = start + (braced ? 2 : 1)
  if (at >= end || !nameStart.test(source.charAt(at))) {
    return { end: at, wanted: String.raw`the name of a variable after $, or \$ for the sign itself` }
  }
  namePart.lastIndex = at
  namePart.exec(source)
  at = Math.min(namePart.lastIndex, end)
  if (!braced) return { end: at }
  if (source.startsWith('[*]', at)) at += 3
  if (source.charAt(at) === '-') {
    const close = closingBrace(source, at, end)
    return close === undefined ? { end, wanted: unclosed } : { end: close + 1 }
  }
  if (at < end && source.charAt(at) === '}') return { end: at + 1 }
  return { end: at, wanted: unclosed }
}

const unclosed = 'a } behind the name of the variable'

function closingBrace(source: string, from: number, end: number): number | undefined {
  for (let at = from; at < end; at++) if (source.charAt(at) === '}') return at
  return undefined
}
