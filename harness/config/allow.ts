import { BlockList, isIP } from 'node:net'
import { UsageError } from '../kernel/index.ts'

/** Where traffic may go beyond this machine. */
export interface AllowListOptions {
  /** Host names or addresses, with a port (`cache.test:8080`) or for every port (`cache.test`). */
  readonly hosts: readonly string[]
  /** Origins such as `https://cache.test`, among them those of the stack that the trial started. */
  readonly origins: readonly string[]
}

/** @throws UsageError for an address where the trial may not send anything */
export type AllowList = (url: URL) => void

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

// Link-local addresses (RFC 3927, RFC 4291) are where clouds keep the machine's own credentials.
const forbidden = new BlockList()
forbidden.addSubnet('169.254.0.0', 16)
forbidden.addSubnet('fe80::', 10, 'ipv6')
forbidden.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6')
forbidden.addAddress('fd00:ec2::254', 'ipv6')
const forbiddenNames = new Set(['metadata.google.internal'])

/**
 * A guard for every address that a trial is about to ask. Loopback and the listed hosts and
 * origins pass; link-local and metadata addresses never do, whatever the list says.
 *
 * @throws UsageError for an entry that is neither a host nor an origin
 */
export function createAllowList({ hosts, origins }: AllowListOptions): AllowList {
  const names = new Set(hosts.map(normalHost))
  const wholes = new Set(origins.map(normalOrigin))
  return (url) => {
    const host = bareHost(url)
    if (isIn(forbidden, host) || forbiddenNames.has(host)) {
      throw new UsageError({
        path: 'network.allow',
        given: url.origin,
        wanted: 'an address that is not link-local and no metadata service',
        mend: 'Point it at a mock on loopback; the real one holds credentials of this machine.',
      })
    }
    if (isLoopback(url) || names.has(host) || names.has(withPort(host, url)) || wholes.has(url.origin)) return
    throw new UsageError({
      path: 'network.allow',
      given: url.origin,
      wanted: 'loopback, a part of the stack, or a listed host or origin',
      mend: `Add "${url.origin}" to network.allow if the trial may send traffic there.`,
    })
  }
}

/** Sorts the entries of `network.allow` into hosts and origins. */
export function allowListOf(entries: readonly string[], ownOrigins: readonly string[] = []): AllowList {
  const isOrigin = (entry: string): boolean => entry.includes('://')
  return createAllowList({
    hosts: entries.filter((entry) => !isOrigin(entry)),
    origins: [...entries.filter(isOrigin), ...ownOrigins],
  })
}

/** True for `cache.test`, `cache.test:8080`, `[::1]:80` and `https://cache.test`. */
export function isAllowEntry(entry: string): boolean {
  try {
    return entry.includes('://') ? normalOrigin(entry) !== 'null' : normalHost(entry) !== ''
  } catch {
    return false
  }
}

function normalHost(entry: string): string {
  const host = isIP(entry) === 6 ? `[${entry}]` : entry
  // Read as part of a URL, so that it is written as in every URL that is compared with it.
  const url = /^[^\s/?#@\\]+$/.test(host) ? URL.parse(`http://${host}`) : null
  if (url === null) throw wrongEntry(entry)
  // http hides its own port, and `web.test:80` means that port alone.
  const port = /:(\d+)$/.exec(host)?.[1]
  return port === undefined ? bareHost(url) : `${bareHost(url)}:${Number(port)}`
}

function normalOrigin(entry: string): string {
  const url = URL.parse(entry)
  if (url === null || url.pathname !== '/' || url.search !== '' || url.username !== '') throw wrongEntry(entry)
  return url.origin
}

function wrongEntry(entry: string): UsageError {
  return new UsageError({
    path: 'network.allow',
    given: JSON.stringify(entry),
    wanted: 'a host such as "cache.test:8080" or an origin such as "https://cache.test"',
  })
}

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443' }

function withPort(host: string, url: URL): string {
  return `${host}:${url.port === '' ? (defaultPorts[url.protocol] ?? '') : url.port}`
}

/** Lower case, without the brackets of IPv6 and without a closing dot. */
function bareHost(url: URL): string {
  return url.hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
}

/** True for an address or a name of this machine alone (RFC 6761 section 6.3). */
export function isLoopback(url: URL): boolean {
  const host = bareHost(url)
  return host === 'localhost' || host.endsWith('.localhost') || isIn(loopback, host)
}

function isIn(list: BlockList, host: string): boolean {
  const family = isIP(host)
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4')
}
