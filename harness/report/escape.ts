/**
 * What was seen on a wire is somebody else's text. Before it is shown it must lose the power to
 * move a cursor, to change a colour, to turn a line around, or to give orders to a pipeline.
 */

// Controls, format characters (bidi marks, zero width, tags), lone surrogates, line and
// paragraph separators, and what is no character at all (XML has no room for U+FFFE).
const hostile = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeOf(character: string): string {
  const known = named[character]
  if (known !== undefined) return known
  const code = character.codePointAt(0) ?? 0
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
}

/** The text on one line with every invisible character written out: `\x1b`, `\u{202e}`, `\n`. */
export function visible(text: string): string {
  return text.replace(hostile, escapeOf)
}

/** The same for text of several lines, such as the last lines of a log: line ends stay. */
export function visibleLines(text: string): string[] {
  return text.split(/\r?\n/).map(visible)
}

/** At most `limit` characters, and a word about how many are not shown. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text
  // A pair of surrogates must not be cut in two.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) ? limit - 1 : limit
  return `${text.slice(0, end)} ... (${text.length - end} more characters)`
}

/**
 * Pipelines read their own log for commands: `::add-mask::` at the start of a line on GitHub,
 * `##[...]`, `##vso[...]` and `##teamcity[...]` anywhere. In a finished text none of them remains.
 */
export function inert(text: string): string {
  return text.replace(/^(\s*)::/gm, '$1\\x3a:').replace(/##(?=\w*\[)/g, '#\\x23')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For XML and HTML, in text and in quoted attributes. */
export function markup(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => entities[character] ?? character)
}

/** The same for text of several lines. */
export function markupLines(text: string): string {
  return text.split(/\r?\n/).map(markup).join('\n')
}

// JSON may hold these as they are, and a terminal would obey some of them.
const unseen = /[\u007f-\u009f\p{Cf}\u2028\u2029]/gu

const codeUnits = (character: string): string =>
  // Beyond the first plane JSON wants a pair of surrogates.
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')

/** JSON with everything invisible escaped: it parses to the same value. */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(unseen, codeUnits)
}

/** The address in its normal form when it is one of the web, and undefined for anything else, such as `javascript:`. */
export function webAddress(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined
  return new URL(text).href
}
