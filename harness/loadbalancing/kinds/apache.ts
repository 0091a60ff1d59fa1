import { posix } from 'node:path'
import type { ApacheConfig, ApacheDirective } from '../config/index.ts'
import { apacheProxyPasses, balancerMembers, everyApacheDirective, parseApache, virtualHosts } from '../config/index.ts'
import { adaptFiles } from './adapt.ts'
import { apacheListeners } from './apache-listeners.ts'
import { holds, isCalled, loadedModules, processesOf } from './apache-modules.ts'
import { apacheServers, replacePlace } from './apache-servers.ts'
import type { BalancerKind, Said, Setup } from './kind.ts'

const configFile = '/etc/apache2/apache2.conf'

// Debian's variables and folders, where there are some; the program is called httpd elsewhere.
const prelude = [
  'if [ -r /etc/apache2/envvars ]; then',
  '. /etc/apache2/envvars',
  'mkdir -p "$APACHE_RUN_DIR" "$APACHE_LOCK_DIR" "$APACHE_LOG_DIR"; fi',
  'server=$(command -v apache2 || command -v httpd)',
].join('\n')

/** Apache with mod_proxy. Its words are those of httpd.apache.org/docs. */
export const apache: BalancerKind = {
  id: 'apache',
  title: 'Apache',
  image: 'apache',
  configFile,
  extras: {},
  read,
  test: `${prelude}\n"$server" -t -f ${configFile}`,
  complaints,
  run: `${prelude}\nexec "$server" -D FOREGROUND -f ${configFile}`,
  reload: 'kill -USR1 "$1"',
}

/** A syntax error takes two lines: where it is, and what it is. */
function complaints(said: string): readonly string[] {
  const lines = said.split('\n')
  return lines.flatMap((line, at) => {
    // That no name of the host is known is said of the host, and not of the configuration.
    if (/\bAH00558\b/.test(line)) return []
    if (/Syntax error on line .*:$/.test(line)) return [`${line} ${lines[at + 1] ?? ''}`.trim()]
    return /\bAH\d{5}:|Syntax error|\[(?:[a-z]+:)?(?:warn|error|crit|alert|emerg)\]/.test(line) ? [line.trim()] : []
  })
}

function read(files: Readonly<Record<string, string>>): Setup {
  const config = parseApache(files[configFile] ?? '', configFile, files)
  const found = apacheServers(config)
  const { count, line } = processesOf(config)
  return {
    problems: config.problems,
    listeners: apacheListeners(config),
    servers: found.map(({ server }) => server),
    endless: endless(config),
    statistics: statistics(config),
    certificates: certificates(config),
    processes: { count, file: line?.file ?? configFile, line: line?.line ?? 1 },
    adapted: (address) =>
      adaptFiles(
        files,
        found.flatMap(({ server, words }) => words.map((word) => replacePlace(files, word, address(server)))),
      ),
  }
}

/**
 * Each time is 60 s by default, and one of 0 is over at once, but for these: a head may take for ever, and a free place in a
 * pool of connections that has a limit is waited for (modules reqtimeout, proxy).
 */
function endless(config: ApacheConfig): readonly (Said & { readonly name: string })[] {
  const modules = loadedModules(config)
  const heads = [...everyApacheDirective(config.directives)].filter(
    (each) =>
      isCalled(each, 'RequestReadTimeout') &&
      holds(modules, each) &&
      each.args.some(({ text }) => /^header=0(?:,|$)/i.test(text)),
  )
  const pools = [...balancerMembers(config), ...apacheProxyPasses(config)].filter(
    ({ directive, parameters }) => holds(modules, directive) && parameters.has('max') && !parameters.has('acquire'),
  )
  const at = (name: string, { file, line }: ApacheDirective) => ({ name, file, line })
  return [
    ...heads.map((each) => at('RequestReadTimeout header', each)),
    ...pools.map(({ directive }) => at('acquire', directive)),
  ]
}

function statistics(config: ApacheConfig): Setup['statistics'] {
  return [...everyApacheDirective(config.directives)].flatMap((directive) => {
    const location = directive.within
    const path = location?.args[0]?.text
    const isPage = /^(?:server-status|server-info|balancer-manager)$/i.test(directive.args[0]?.text ?? '')
    if (!isCalled(directive, 'SetHandler') || !isPage || path === undefined) return []
    if (location === undefined || !isCalled(location, 'Location') || !path.startsWith('/')) return []
    const host = virtualHosts(config).find((each) => each.directive === hostOf(directive))
    const ports = host === undefined ? [undefined] : host.addresses.map(({ port }) => port)
    const { file, line } = directive
    return ports.map((port) => ({ path, port, file, line }))
  })
}

function certificates(config: ApacheConfig): readonly string[] {
  const modules = loadedModules(config)
  const root = [...everyApacheDirective(config.directives)].findLast((each) => isCalled(each, 'ServerRoot'))
  const paths = [...everyApacheDirective(config.directives)].flatMap((directive) => {
    const named = /^SSL(?:Certificate(?:|Key|Chain)|CACertificate)File$/i.test(directive.name.text)
    const [path] = directive.args
    if (!named || path === undefined || path.expands === true || !holds(modules, directive)) return []
    return [posix.resolve(root?.args[0]?.text ?? posix.dirname(configFile), path.text)]
  })
  return [...new Set(paths)]
}

function hostOf(directive: ApacheDirective): ApacheDirective | undefined {
  for (let around = directive.within; around !== undefined; around = around.within) {
    if (isCalled(around, 'VirtualHost')) return around
  }
  return undefined
}
