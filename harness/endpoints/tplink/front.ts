/**
 * Scripts of 2017 put the protocol into the quoted URL, as `curl "https://wap.tplinkcloud.com/?token=T HTTP/1.1"`, and
 * the curl of that time sent the space as it was: `POST /?token=T HTTP/1.1 HTTP/1.1`. The cloud took it.
 */
export function mendRequestLine(line: string): string {
  const match = /^([A-Z]+) (.*) (HTTP\/\d\.\d)$/.exec(line)
  const [, method, target, protocol] = match ?? []
  if (method === undefined || target === undefined || protocol === undefined || !target.includes(' ')) return line
  const clean = target.replace(/(?: HTTP\/\d\.\d)+$/, '').trim()
  return `${method} ${clean.replaceAll(' ', '%20')} ${protocol}`
}

/** A token as it was meant: later clients send the same space percent-encoded, or as a plus sign. */
export function cleanToken(token: string): string {
  return token.replace(/(?:\s+HTTP\/\d\.\d)+\s*$/i, '').trim()
}
