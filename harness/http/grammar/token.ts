/** One or more `tchar` (RFC 9110 section 5.6.2), as the source of a regular expression. */
export const tokenSource = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"

const token = new RegExp(`^${tokenSource}$`)

/** True for a `token` (RFC 9110 section 5.6.2). */
export function isToken(text: string): boolean {
  return token.test(text)
}
