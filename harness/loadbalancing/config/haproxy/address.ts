/** An address of a server or a listener, as `str2sa_range()` of HAProxy takes it apart. */
export interface Address {
  /** As it is written, without what stands around it: one of several of a `bind` line has no comma. */
  readonly text: string
  /** `variable`: only the environment knows. `other`: a kind that this parser does not know, such as `sockpair@`. */
  readonly family: 'ip4' | 'ip6' | 'name' | 'any' | 'unix' | 'abstract' | 'descriptor' | 'variable' | 'other'
  /** `ipv4`, `ipv6`, `unix`, `abns`, `fd`, `udp`, `quic4` ..., when it is written before an `@`. */
  readonly prefix?: string
  /** Without brackets and port. Of a Unix socket its path, of a descriptor its number. Empty means any. */
  readonly host: string
  /** Undefined when none is written, or when it is a variable: see `portText`. */
  readonly port?: number
  /** Of a range `80-90` the last. */
  readonly lastPort?: number
  /** `+80` and `-80` of a server are added to the port that the client came to. */
  readonly offset?: number
  /** What is written behind the last colon. */
  readonly portText?: string
}

/** What may stand behind the colon. */
export type Ports = 'range' | 'offset'

/** Either an address, or what is wanted instead. */
export type AddressRead = Address | { readonly wanted: string }

const paths: Readonly<Record<string, Address['family']>> = {
  unix: 'unix',
  uxst: 'unix',
  uxdg: 'unix',
  abns: 'abstract',
  abnsz: 'abstract',
  fd: 'descriptor',
  sockpair: 'other',
  rhttp: 'other',
  rev: 'other',
}
const network = /^(?:ipv[46]|(?:tcp|udp|quic|mptcp)[46]?)$/
/** `stream+`, `dgram+` and `xprt+` name the kind of socket before the family. */
const prefixes = /^((?:(?:stream|dgram|stream\+dgram|xprt)\+)?([a-z]\w*))@(.*)$/s

export function readAddress(text: string, ports: Ports): AddressRead {
  const parts = prefixes.exec(text)
  const [, prefix, kind = '', rest = ''] = parts ?? []
  const family = paths[kind]
  if (prefix !== undefined && family !== undefined) {
    if (rest === '') return { wanted: `something behind ${prefix}@` }
    return { text, family, prefix, host: rest }
  }
  if (prefix === undefined && text.startsWith('/')) return { text, family: 'unix', host: text }
  if (prefix !== undefined && !network.test(kind)) return { text, family: 'other', prefix, host: rest }
  const read = readNetwork(prefix === undefined ? text : rest, ports)
  return 'wanted' in read ? read : { ...read, text, ...(prefix !== undefined && { prefix }) }
}

/** The last colon parts host and port, unless a bracket comes after it: `::1` is the host `:` and port 1, as HAProxy has it. */
function readNetwork(text: string, ports: Ports): Omit<Address, 'text'> | { readonly wanted: string } {
  const masked = maskVariables(text)
  const colon = masked.lastIndexOf(':')
  const split = colon > masked.lastIndexOf(']') ? colon : text.length
  const host = text.slice(0, split).replace(/^\[(.*)\]$/s, '$1')
  const port = readPort(text.slice(split + 1), ports)
  if ('wanted' in port) return port
  return {
    family: familyOf(host, masked.startsWith('$')),
    host,
    ...(split < text.length && { portText: text.slice(split + 1) }),
    ...port,
  }
}

function familyOf(host: string, variable: boolean): Address['family'] {
  if (host === '' || host === '*' || host === '::') return 'any'
  if (variable) return 'variable'
  if (host.includes(':')) return 'ip6'
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) ? 'ip4' : 'name'
}

function readPort(
  text: string,
  ports: Ports,
): Pick<Address, 'port' | 'lastPort' | 'offset'> | { readonly wanted: string } {
  if (text === '' || text.includes('$')) return {}
  const [, sign, first, last] = /^([+-]?)(\d+)(?:-(\d+))?$/.exec(text) ?? []
  if (first === undefined) return { wanted: 'a port behind the last colon, as a number' }
  const port = Number(first)
  if (port > 65_535 || Number(last ?? 0) > 65_535) return { wanted: 'a port of at most 65535' }
  if (sign !== undefined && sign !== '') {
    if (ports === 'range' || last !== undefined) return { wanted: 'a port without a sign' }
    return { offset: sign === '-' ? -port : port }
  }
  if (last === undefined) return { port }
  if (ports === 'offset') return { wanted: 'one port: a server has no range of them' }
  return Number(last) < port
    ? { wanted: 'a range whose last port is not below its first' }
    : { port, lastPort: Number(last) }
}

/** The addresses of a `bind` line: commas inside `${...}` belong to the variable. */
export function splitAddresses(text: string): readonly string[] {
  const masked = maskVariables(text)
  const parts: string[] = []
  let start = 0
  for (let comma = masked.indexOf(','); comma !== -1; comma = masked.indexOf(',', start)) {
    parts.push(text.slice(start, comma))
    start = comma + 1
  }
  parts.push(text.slice(start))
  return parts.filter((each) => each !== '')
}

/** Signs inside a variable part nothing. One that is not closed is none. */
function maskVariables(text: string): string {
  const last = text.lastIndexOf('}')
  const before = text.slice(0, last + 1)
  return before.replaceAll(/\$\{[^{}]*\}/g, (variable) => '$'.repeat(variable.length)) + text.slice(last + 1)
}
