import type { Word } from '../source.ts'
import type { ApacheConfig, ApacheDirective } from './parse.ts'
import { everyApacheDirective, isNamed } from './walk.ts'

/** A line `Listen`. */
export interface ApacheListen {
  readonly directive: ApacheDirective
  readonly at: Word
  /** Without brackets; undefined means all addresses. */
  readonly host?: string
  /** Undefined when it is a variable. */
  readonly port?: number
  /** `https` ..., when it is said. */
  readonly protocol?: string
}

/** Where Apache listens, with lines under `<IfModule>` and the like. */
export function apacheListens({ directives }: ApacheConfig): readonly ApacheListen[] {
  return [...everyApacheDirective(directives)].flatMap((directive) => {
    if (!isNamed(directive, 'Listen')) return []
    const listen = readListen(directive)
    return 'wanted' in listen ? [] : [listen]
  })
}

/** @internal The line, or what is wanted instead. */
export function readListen(directive: ApacheDirective): ApacheListen | { readonly wanted: string } {
  const [at, protocol] = directive.args
  if (at === undefined) return { wanted: 'a port, or an address and a port' }
  const common = { directive, at, ...(protocol !== undefined && { protocol: protocol.text }) }
  if (at.expands === true) return common
  const place = hostAndPort(at.text)
  const { host, port } = place
  if (port === undefined) return { wanted: 'a port from 1 to 65535, as 80 or 10.0.0.1:80' }
  return { ...common, port, ...(host !== undefined && host !== '*' && { host }) }
}

/** A `<VirtualHost>` with its addresses. */
export interface VirtualHost {
  readonly directive: ApacheDirective
  readonly addresses: readonly { readonly at: Word; readonly host?: string; readonly port?: number }[]
}

export function virtualHosts({ directives }: ApacheConfig): readonly VirtualHost[] {
  return [...everyApacheDirective(directives)]
    .filter((directive) => isNamed(directive, 'VirtualHost') && directive.section !== undefined)
    .map((directive) => ({ directive, addresses: directive.args.map((at) => ({ at, ...hostAndPort(at.text) })) }))
}

/** `80`, `host:80`, `[::1]:80`, `::1:80`: the last colon outside brackets parts them. */
function hostAndPort(text: string): { readonly host?: string; readonly port?: number } {
  const [, host, digits] = /^(?:(.*):)?(\d+)$/s.exec(text) ?? []
  const port = Number(digits)
  if (digits === undefined || !(port >= 1 && port <= 65_535)) return digits === undefined ? { host: bare(text) } : {}
  return { port, ...(host !== undefined && { host: bare(host) }) }
}

const bare = (host: string): string => host.replace(/:\*$/, '').replace(/^\[(.*)\]$/s, '$1')
