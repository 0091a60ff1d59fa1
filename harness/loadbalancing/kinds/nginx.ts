import { posix } from 'node:path'
import type { NginxConfig, NginxDirective, ProxyPass } from '../config/index.ts'
import {
  everyDirective,
  listens,
  parseNginx,
  proxyPasses,
  quoteNginx,
  replaceWord,
  upstreams,
} from '../config/index.ts'
import { adaptFiles, isLoopback, replaceAddress, serverNames } from './adapt.ts'
import type { FileEdit } from './adapt.ts'
import type { Address, BalancerKind, Listener, PoolServer, Setup } from './kind.ts'

const configFile = '/etc/nginx/nginx.conf'

/** nginx. Its words are those of nginx.org/en/docs. */
export const nginx: BalancerKind = {
  id: 'nginx',
  title: 'nginx',
  image: 'nginx',
  configFile,
  extras: {},
  read,
  test: `nginx -t -c ${configFile}`,
  complaints,
  // Said twice it is an error, so that it is said here only when the configuration does not.
  run: [
    `if nginx -T -c ${configFile} 2>/dev/null | grep -q '^[[:space:]]*daemon[[:space:]]'; then exec nginx -c ${configFile}; fi`,
    `exec nginx -c ${configFile} -g 'daemon off;'`,
  ].join('\n'),
  reload: 'kill -HUP "$1"',
}

/** Without the time and the process, which are others every time: `[warn] conflicting server name`. */
function complaints(said: string): readonly string[] {
  return said
    .split('\n')
    .filter((line) => /\[(?:warn|error|crit|alert|emerg)\]/.test(line))
    .map((line) => line.replace(/^.*?(?=\[[a-z]+\])/, '').replace(/^(\[[a-z]+\]) \d+#\d+:/, '$1'))
}

/** A server with the words in which its address stands, and what stands there in its place. */
interface Found {
  readonly server: PoolServer
  readonly edits: (address: Address) => readonly FileEdit[]
}

function read(files: Readonly<Record<string, string>>): Setup {
  const config = parseNginx(files[configFile] ?? '', configFile, files)
  const found = [...grouped(config), ...plain(config)]
  return {
    problems: config.problems,
    listeners: listeners(config),
    servers: found.map(({ server }) => server),
    // A time of 0 is over at once (measured with 1.22.1), and each has one by default: no wait is without an end.
    endless: [],
    statistics: statistics(config),
    certificates: certificates(config),
    ...processes(config),
    adapted: (address) =>
      adaptFiles(
        files,
        found.flatMap(({ server, edits }) => edits(address(server))),
      ),
  }
}

/** The servers of upstreams. */
function grouped(config: NginxConfig): readonly Found[] {
  return upstreams(config).flatMap(({ name, servers }) => {
    const pool = name.text
    const replaced = servers.filter(({ address }) => address.family !== 'variable' && !isOwn(config, address))
    const names = serverNames(replaced.map(({ at }) => at.text))
    return replaced.map(({ at, backup, directive: { file, line } }, index) => {
      const called = names[index] ?? at.text
      return {
        server: { id: `${pool}/${called}`, name: called, pool, backup, file, line },
        edits: ({ host, port }) => [{ file, edit: replaceWord(at, `${host}:${port}`) }],
      }
    })
  })
}

/** Addresses that requests are passed to without an upstream: each is a pool of one, however often it is written. */
function plain(config: NginxConfig): readonly Found[] {
  const passes = proxyPasses(config).filter(
    ({ upstream, authority }) =>
      upstream === undefined && authority !== '' && !authority.includes('$') && !isOwn(config, placeOf(authority)),
  )
  return [...Map.groupBy(passes, ({ authority }) => authority)].flatMap(([pool, same]) => {
    const [first] = same
    if (first === undefined) return []
    const [name = pool] = serverNames([pool.replace(/:$/, '')])
    const { file, line } = first.directive
    return [
      {
        server: { id: `${pool}/${name}`, name, pool, backup: false, file, line },
        edits: (address) => same.map((pass) => replacePass(config, pass, address)),
      },
    ]
  })
}

function replacePass(config: NginxConfig, pass: ProxyPass, { host, port }: Address): FileEdit {
  const { directive, at, scheme, authority, path } = pass
  const instead = `${host}:${port}`
  const whole = quoteNginx(`${scheme === '' ? '' : `${scheme}://`}${instead}${path}`)
  const text = config.files.get(directive.file) ?? ''
  return { file: directive.file, edit: replaceAddress(text, at, { authority, instead, whole }) }
}

function placeOf(authority: string): { readonly host: string; readonly port?: number } {
  const [, host = authority, port] = /^(?:\[(?=.*\]))?(.*?)\]?(?::(\d+))?$/.exec(authority) ?? []
  return { host, port: port === undefined ? 80 : Number(port) }
}

/** Where it listens itself: requests pass it twice, and nothing is to be replaced. */
function isOwn(config: NginxConfig, { host, port }: { readonly host: string; readonly port?: number }): boolean {
  return listens(config).some(({ address }) =>
    address.family === 'unix'
      ? host === address.host || host === `unix:${address.host}:`
      : isLoopback(host) && (address.port ?? 80) === (port ?? 80),
  )
}

function enclosing(directive: NginxDirective, name: string): NginxDirective | undefined {
  for (let around = directive.within; around !== undefined; around = around.within) {
    if (around.name.text === name) return around
  }
  return undefined
}

/** Several servers share a port: it is told once, and speaks TLS for all when it does for one of them. */
function listeners(config: NginxConfig): readonly Listener[] {
  const said = listens(config).flatMap(({ directive, address, flags }): Listener[] => {
    const has = (flag: string): boolean => flags.some(({ text }) => text === flag)
    if (address.family === 'unix' || has('udp') || has('quic')) return []
    const first = address.port ?? 80
    const { file, line } = directive
    const http = enclosing(directive, 'http') !== undefined
    return Array.from({ length: (address.lastPort ?? first) - first + 1 }, (_, index) => ({
      port: first + index,
      tls: has('ssl'),
      loopback: isLoopback(address.host),
      http,
      file,
      line,
    }))
  })
  const silent = [...everyDirective(config.directives)].flatMap((directive): Listener[] => {
    const { name, block, file, line } = directive
    const isServer = name.text === 'server' && directive.within?.name.text === 'http' && block !== undefined
    if (!isServer || block.some((each) => each.name.text === 'listen')) return []
    return [{ port: 80, tls: false, loopback: false, http: true, file, line }]
  })
  return [...Map.groupBy([...said, ...silent], ({ port, loopback }) => `${port} ${loopback}`).values()].flatMap(
    (same) => same.slice(0, 1).map((first) => ({ ...first, tls: same.some(({ tls }) => tls) })),
  )
}

function statistics(config: NginxConfig): Setup['statistics'] {
  return [...everyDirective(config.directives)].flatMap((directive) => {
    const { name, file, line, within } = directive
    const server = enclosing(directive, 'server')
    if (!['stub_status', 'api'].includes(name.text) || server === undefined) return []
    const place = within?.name.text === 'location' ? within.args.map(({ text }) => text) : ['/']
    const path = place.at(-1) ?? '/'
    // Of a pattern nobody can tell a path that it means.
    if (place.length > 1 && place[0]?.startsWith('~') === true) return []
    const own = listens(config).filter((each) => each.directive.within === server)
    const ports = own.length === 0 ? [80] : own.map(({ address }) => address.port ?? 80)
    return [...new Set(ports)].map((port) => ({ path, port, file, line }))
  })
}

function certificates(config: NginxConfig): readonly string[] {
  const named = ['ssl_certificate', 'ssl_certificate_key', 'ssl_client_certificate', 'ssl_trusted_certificate']
  const paths = [...everyDirective(config.directives)].flatMap(({ name, args }) => {
    const path = args[0]?.text ?? ''
    if (!named.includes(name.text) || path === '' || /\$|^(?:data|engine|store):/.test(path)) return []
    return [posix.resolve(posix.dirname(configFile), path)]
  })
  return [...new Set(paths)]
}

/** `worker_processes`: 1 when nothing is said, and unknown here for `auto`. */
function processes(config: NginxConfig): Pick<Setup, 'processes'> {
  const said = config.directives.findLast(({ name }) => name.text === 'worker_processes')
  const count = Number(said?.args[0]?.text ?? 1)
  if (Number.isNaN(count)) return {}
  return { processes: { count, file: said?.file ?? configFile, line: said?.line ?? 1 } }
}
