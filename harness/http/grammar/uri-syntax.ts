const escaped = '%[0-9A-Fa-f]{2}'
const path = `(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@/]|${escaped})*`
const firstSegment = `(?:[A-Za-z0-9\\-._~!$&'()*+,;=@]|${escaped})+`
const end = `(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@/?]|${escaped})*`
const userInfo = `(?:[A-Za-z0-9\\-._~!$&'()*+,;=:]|${escaped})*@`
const name = `(?:[A-Za-z0-9\\-._~!$&'()*+,;=]|${escaped})*`
const literal = "\\[(?:[0-9A-Fa-f:.]+|[vV][0-9A-Fa-f]+\\.[A-Za-z0-9\\-._~!$&'()*+,;=:]+)\\]"

/** `host [ ":" port ]` (RFC 3986 section 3.2), as the source of a regular expression. */
export const hostSource = `(?:${literal}|${name})(?::\\d*)?`

const hierarchy = `//(?:${userInfo})?${hostSource}(?:/${path})?|/(?!/)${path}`

/** A URI with its scheme (RFC 3986 section 3), as the source of a regular expression. */
export const uriSource = `[A-Za-z][A-Za-z0-9+.-]*:(?:${hierarchy}|(?!/)${path})(?:\\?${end})?(?:#${end})?`

const relativeSource = `(?:${hierarchy}|(?:${firstSegment}(?:/${path})?)?)(?:\\?${end})?(?:#${end})?`

/** A URI reference (RFC 3986 section 4.1), as the source of a regular expression. */
export const uriReferenceSource = `(?:${uriSource}|${relativeSource})`

const uri = new RegExp(`^${uriSource}$`)
const reference = new RegExp(`^${uriReferenceSource}$`)

/** True for a URI with a scheme, by its grammar. */
export const isUri = (text: string): boolean => uri.test(text)

/** True for a URI reference, by its grammar. */
export const matchesUriReference = (text: string): boolean => reference.test(text)
