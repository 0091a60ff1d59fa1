const reference =
  /^(?:[A-Za-z0-9\-._~:/?[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*(?:#(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?$/
const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/

/**
 * True where every character may stand in a URI reference (RFC 3986 section 4.1) and every `%`
 * begins an escape. The authority's inner form is left to {@link resolveUri}.
 */
export function isUriReference(text: string): boolean {
  return reference.test(text)
}

/** The scheme in lower case, when there is one (RFC 3986 section 3.1). */
export function schemeOf(text: string): string | undefined {
  return scheme.exec(text)?.[1]?.toLowerCase()
}

/** A reference as an absolute URL, or undefined where it cannot be one. */
export function resolveUri(text: string, base: URL): URL | undefined {
  return URL.parse(text, base.href) ?? undefined
}
