import type { Word } from '../source.ts'

/** Where nginx listens, or what it asks: a host with its port, or a Unix socket. */
export interface NginxAddress {
  readonly family: 'any' | 'ip4' | 'ip6' | 'name' | 'unix' | 'variable'
  /** Without brackets. Of a Unix socket its path. */
  readonly host: string
  /** Undefined when none is written: 80 then, or what the protocol has. */
  readonly port?: number
  /** Of `listen 8000-8010` the last. */
  readonly lastPort?: number
}

/** What the manual calls address[:port], port, or unix:path. Either an address, or what is wanted instead. */
export function nginxAddress(
  { text }: Pick<Word, 'text'>,
  use: 'listen' | 'ask',
): NginxAddress | { readonly wanted: string } {
  if (text.startsWith('unix:')) {
    const host = text.slice('unix:'.length)
    return host === '' ? { wanted: 'a path behind unix:' } : { family: 'unix', host }
  }
  if (use === 'listen' && /^\d+(?:-\d+)?$/.test(text)) return withPort('any', '*', text)
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/s.exec(text) ?? []
  if (bracketed === undefined && plain === undefined) return { wanted: 'an IPv6 address in brackets, as [::1]:80' }
  const host = bracketed ?? plain ?? ''
  if (host === '') return { wanted: 'an address before the port' }
  if (use === 'ask' && port?.includes('-') === true) return { wanted: 'one port' }
  const family = bracketed === undefined ? familyOf(host) : 'ip6'
  return port === undefined || port.includes('$') ? { family, host } : withPort(family, host, port)
}

function withPort(
  family: NginxAddress['family'],
  host: string,
  text: string,
): NginxAddress | { readonly wanted: string } {
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  const port = Number(first)
  const lastPort = last === undefined ? undefined : Number(last)
  if (!(port >= 1 && port <= 65_535 && (lastPort ?? port) <= 65_535)) return { wanted: 'a port from 1 to 65535' }
  if (lastPort !== undefined && lastPort < port) return { wanted: 'a range whose last port is not below its first' }
  return { family, host, port, ...(lastPort !== undefined && { lastPort }) }
}

function familyOf(host: string): NginxAddress['family'] {
  if (host.includes('$')) return 'variable'
  if (host === '*') return 'any'
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) ? 'ip4' : 'name'
}
