/** `quoted-string` (RFC 9110 section 5.6.4) as the source of a regular expression, without a group. */
export const quotedStringSource = '"(?:[\\t \\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t \\x21-\\x7e\\x80-\\xff])*"'

const quoted = new RegExp(`^${quotedStringSource}$`)

/** What a `quoted-string` means, or undefined when the text is none (RFC 9110 section 5.6.4). */
export function unquote(text: string): string | undefined {
  return quoted.test(text) ? text.slice(1, -1).replace(/\\(.)/g, '$1') : undefined
}
