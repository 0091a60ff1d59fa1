/** The first line of a request, as logs quote it. */
export interface RequestLine {
  readonly method: string
  /** Path and query. */
  readonly target: string
  /** Where the line names one, as those of HTTP/2 do in some logs. */
  readonly host: string | undefined
}

/** Method and target (RFC 9112 section 3); undefined for anything else, such as the bytes of a TLS handshake. */
export function requestLineOf(text: string): RequestLine | undefined {
  const [, method = '', uri = ''] = /^([!#$%&'*+\-.^_`|~\w]+) (\S+)(?: HTTP\/\d(?:\.\d)?)$/i.exec(text) ?? []
  if (method === '' || method === 'CONNECT') return undefined
  const [, host, path = uri] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(uri) ?? []
  if (host !== undefined && !path.startsWith('/')) return { method, target: `/${path}`, host }
  return path.startsWith('/') || path === '*' ? { method, target: path, host } : undefined
}
