/** A part of a log's format: text as it stands, or something that has a value. */
export type Part =
  | { readonly text: string }
  | {
      readonly name: string
      /** What all its values look like, where that is known: it tells one format from another. */
      readonly like?: RegExp
      /** Its backslashes are backslashes. */
      readonly isRaw?: boolean
    }

/** The values of one line by the names of the format. */
export type Values = ReadonlyMap<string, string>

/** Where a line is no longer in a format. */
export interface Misfit {
  /** Counted from 1. */
  readonly column: number
  readonly wanted: string
}

/**
 * Takes a line apart as its format says. A value ends where the text behind it begins; one in quotes may hold quotes that are
 * escaped, and its escapes are undone: those of nginx (`\x22`, JSON's) and Apache (`\"`). A part that its server writes `-` for is left out.
 */
export function takeApart(line: string, parts: readonly Part[]): Values | Misfit {
  const values = new Map<string, string>()
  let at = 0
  for (const [index, part] of parts.entries()) {
    if ('text' in part) {
      if (!line.startsWith(part.text, at)) return { column: at + 1, wanted: JSON.stringify(part.text) }
      at += part.text.length
      continue
    }
    const next = parts[index + 1]
    const stop = next !== undefined && 'text' in next ? next.text : undefined
    const end = stop === undefined ? line.length : endOf(line, at, stop)
    if (end < 0) return { column: at + 1, wanted: `${part.name}, then ${JSON.stringify(stop)}` }
    const raw = line.slice(at, end)
    if (part.like?.test(raw) === false) return { column: at + 1, wanted: part.name }
    const value = part.isRaw === true ? raw : unescaped(raw)
    if (value !== '-') values.set(part.name, value)
    at = end
  }
  return at === line.length ? values : { column: at + 1, wanted: 'the end of the line' }
}

/** Whether any whole line of a text fits. */
export function fits(text: string, parts: readonly Part[]): boolean {
  return text.split(/\r?\n/).some((line) => takeApart(line, parts) instanceof Map)
}

/** Where the text stands next; a quote behind a backslash belongs to the value. */
function endOf(line: string, from: number, stop: string): number {
  for (let at = line.indexOf(stop, from); at >= 0; at = line.indexOf(stop, at + 1)) {
    let slashes = 0
    while (at - slashes > from && line[at - slashes - 1] === '\\') slashes++
    if (stop[0] !== '"' || slashes % 2 === 0) return at
  }
  return -1
}

const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v' }

/** Texts of a log are bytes, one character each, as `\x` escapes are. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replaceAll(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|(.))/gi,
    (_, hex?: string, unit?: string, other?: string) => {
      const code = hex ?? unit
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
      return named[other ?? ''] ?? other ?? ''
    },
  )
}
