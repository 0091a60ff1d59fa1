/** A GET of the page in HTTP/1.1, with field lines and content as they stand. GET, so that nothing is changed by it. */
export function rawRequest(url: URL, lines: readonly string[], content = ''): Uint8Array {
  return Buffer.from(
    [`GET ${url.pathname}${url.search} HTTP/1.1`, `Host: ${url.host}`, ...lines, '', content].join('\r\n'),
    'latin1',
  )
}
