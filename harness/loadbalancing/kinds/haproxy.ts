import { posix } from 'node:path'
import { z } from 'zod'
import type { Address, Bind, HaproxyConfig, HaproxySection, Server } from '../config/index.ts'
import { applyEdits, binds, effective, parseHaproxy, replaceWord, servers, timeout } from '../config/index.ts'
import { haproxyClaims } from './haproxy-claims.ts'
import type { BalancerKind, Counters, Listener, PoolServer, Said, Setup } from './kind.ts'

const configFile = '/etc/haproxy/haproxy.cfg'
const counterFile = '/etc/seatrial/counters.cfg'
const counterPort = 48_004

/** HAProxy. Its words are those of its configuration manual. */
export const haproxy: BalancerKind = {
  id: 'haproxy',
  title: 'HAProxy',
  image: 'haproxy',
  configFile,
  // A second file of its own: a global section more changes nothing of the user's.
  extras: { [counterFile]: `global\n  stats socket ipv4@:${counterPort} level operator\n` },
  read,
  claims: (files, pool) => haproxyClaims(files[configFile] ?? '', configFile, pool),
  test: `haproxy -c -f ${configFile} -f ${counterFile}`,
  complaints: (said) =>
    said.split('\n').filter((line) => /\[(?:WARNING|ALERT|NOTICE)\]/.test(line) && !isVersion(line)),
  run: `exec haproxy -W -db -f ${configFile} -f ${counterFile}`,
  reload: 'kill -USR2 "$1"',
  counters: { port: counterPort, command: 'show stat json', read: readCounters },
}

/** It tells its version and path beside every complaint. */
function isVersion(line: string): boolean {
  return /haproxy version is|path to executable is/i.test(line)
}

function read(files: Readonly<Record<string, string>>): Setup {
  const text = files[configFile] ?? ''
  const config = parseHaproxy(text, configFile)
  const own = config.sections.flatMap(binds).flatMap(({ addresses }) => addresses)
  const found = config.sections.flatMap((section) =>
    servers(section)
      .filter(({ address }) => !own.some((bound) => isSame(bound, address)))
      .map((server) => ({ section, server })),
  )
  const pools = found.flatMap(({ section, server }) => poolServers(section, server))
  return {
    problems: config.problems,
    listeners: config.sections.flatMap((section) => binds(section).flatMap((bind) => listeners(config, section, bind))),
    servers: pools,
    endless: endless(config),
    statistics: statistics(config),
    certificates: certificates(config, Object.keys(files)),
    adapted: (address) => ({
      ...files,
      [configFile]: applyEdits(
        text,
        found.flatMap(({ section, server }) => {
          const [first] = poolServers(section, server)
          if (first === undefined) return []
          const { host, port } = address(first)
          const elsewhere = { port: String(port), addr: host }
          const checked = Object.entries(elsewhere).flatMap(([word, instead]) =>
            server.parameters
              .filter(({ name }) => name.text === word)
              .flatMap(({ values }) => values.map((value) => replaceWord(value, instead))),
          )
          return [replaceWord(server.at, `${host}:${port}`), ...checked]
        }),
      ),
    }),
  }
}

/** A server that is a listener of the same configuration: requests pass the balancer twice, and nothing is to be replaced. */
function isSame(bound: Address, { text, family, host, port }: Address): boolean {
  if (family === 'unix' || family === 'abstract' || family === 'descriptor') return bound.text === text
  return isLoopback(host) && port !== undefined && bound.port === port
}

function isLoopback(host: string): boolean {
  return /^127\.|^::1$|^localhost$/.test(host)
}

function poolServers(section: HaproxySection, { name, directive, parameters }: Server): PoolServer[] {
  const pool = section.name?.text ?? section.kind
  const backup = parameters.some((each) => each.name.text === 'backup')
  return [{ id: `${pool}/${name.text}`, name: name.text, pool, backup, file: directive.file, line: directive.line }]
}

function listeners(
  config: HaproxyConfig,
  section: HaproxySection,
  { addresses, directive, parameters }: Bind,
): Listener[] {
  const tls = parameters.some(({ name }) => name.text === 'ssl')
  const http = effective(config, section, 'mode')?.values[0]?.text === 'http'
  return addresses.flatMap(({ port, host, family }) =>
    port === undefined || !['any', 'ip4', 'ip6', 'name', 'variable'].includes(family)
      ? []
      : [
          {
            port,
            tls,
            http,
            loopback: isLoopback(host),
            file: directive.file,
            line: directive.line,
          },
        ],
  )
}

/** Timeouts without which a connection, a queue or a request may wait for ever. */
function endless(config: HaproxyConfig): (Said & { readonly name: string })[] {
  return config.sections.flatMap((section) => {
    const { kind, header } = section
    const both = kind === 'listen'
    const isHttp = effective(config, section, 'mode')?.values[0]?.text === 'http'
    const wanted = [
      ...(kind === 'frontend' || both ? ['client', ...(isHttp ? ['http-request'] : [])] : []),
      ...((kind === 'backend' || both) && servers(section).length > 0 ? ['connect', 'server', 'queue'] : []),
    ]
    return wanted
      .filter((name) => {
        const said = timeout(config, section, name)
        // Without a time of its own a queue ends with that of connecting.
        if (said === undefined) return !(name === 'queue' && timeout(config, section, 'connect') !== undefined)
        return said.milliseconds === 0
      })
      .map((name) => ({ name: `timeout ${name}`, file: header.file, line: header.line }))
  })
}

/** Every line of statistics switches the page on for its proxy, and one of the defaults for all that inherit it. */
function statistics(config: HaproxyConfig): Setup['statistics'] {
  return config.sections.flatMap((section) => {
    const uri = effective(config, section, 'stats', 'uri')
    const said = uri ?? effective(config, section, 'stats')
    if (said === undefined || !['frontend', 'listen', 'backend'].includes(section.kind)) return []
    const { file, line } = said.directive
    const page = { path: uri?.values[0]?.text ?? '/haproxy?stats', file, line }
    if (section.kind === 'backend') return [{ ...page, port: undefined }]
    return binds(section).flatMap(({ addresses }) => addresses.map(({ port }) => ({ ...page, port })))
  })
}

function certificates(config: HaproxyConfig, files: readonly string[]): string[] {
  const global = config.sections.findLast(({ kind }) => kind === 'global')
  const base = global === undefined ? undefined : effective(config, global, 'crt-base')?.values[0]?.text
  return config.sections
    .flatMap(binds)
    .flatMap(({ parameters }) => parameters.filter(({ name }) => name.text === 'crt').flatMap(({ values }) => values))
    .map(({ text }) => (base === undefined || text.startsWith('/') ? text : posix.join(base, text)))
    .filter((path) => !files.some((file) => file.startsWith(posix.join(path, '/'))))
    .map((path) => (path.endsWith('/') ? `${path}seatrial.pem` : path))
}

const table = z.array(
  z.array(
    z.object({
      field: z.object({ name: z.string() }),
      value: z.object({ value: z.union([z.string(), z.number()]) }),
    }),
  ),
)

/** The answer to `show stat json`: management guide, section 9.3. Read by name, as versions differ in what they have. */
function readCounters(text: string): Counters {
  const rows = table.parse(JSON.parse(text)).map((row) => {
    const values = new Map(row.map(({ field, value }) => [field.name, value.value]))
    const word = (name: string): string => String(values.get(name) ?? '')
    return {
      name: `${word('pxname')}/${word('svname')}`,
      of: word('svname'),
      word,
      number: (n: string) => Number(word(n)) || 0,
    }
  })
  const pools = rows.filter((row) => row.of !== 'FRONTEND')
  const lines = pools.filter((row) => row.of !== 'BACKEND')
  return {
    queued: Object.fromEntries(pools.map((row) => [row.name, row.number('qmax')])),
    down: lines.filter((row) => /^(?:DOWN|MAINT)/.test(row.word('status'))).map((row) => row.name),
    outages: lines.reduce((sum, row) => sum + row.number('chkdown'), 0),
    listeners: rows
      .filter((row) => row.of === 'FRONTEND')
      .map((row) => ({ name: row.word('pxname'), most: row.number('smax'), limit: row.number('slim') })),
  }
}
