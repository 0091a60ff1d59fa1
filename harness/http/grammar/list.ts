const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t'

/** Without the optional white space around it (RFC 9110 section 5.6.3): spaces and tabs, nothing else. */
export function trimOws(text: string): string {
  // By index: a pattern with `+$` takes quadratic time on a long run of spaces.
  let start = 0
  let end = text.length
  while (start < end && isBlank(text[start])) start++
  while (end > start && isBlank(text[end - 1])) end--
  return start === 0 && end === text.length ? text : text.slice(start, end)
}

/**
 * The members of a list (RFC 9110 section 5.6.1), trimmed, empty ones dropped as its recipients
 * must. A separator inside a quoted string separates nothing; an unclosed quote runs to the end.
 */
export function splitList(value: string, separator: ',' | ';' = ','): string[] {
  const members: string[] = []
  for (const part of value.includes('"') ? splitOutsideQuotes(value, separator) : value.split(separator)) {
    const member = trimOws(part)
    if (member !== '') members.push(member)
  }
  return members
}

function splitOutsideQuotes(value: string, separator: string): string[] {
  const parts: string[] = []
  let start = 0
  let quoted = false
  for (let i = 0; i < value.length; i++) {
    const character = value[i]
    if (quoted && character === '\\') i++
    else if (character === '"') quoted = !quoted
    else if (!quoted && character === separator) {
      parts.push(value.slice(start, i))
      start = i + 1
    }
  }
  parts.push(value.slice(start))
  return parts
}
