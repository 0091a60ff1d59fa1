import type { ApacheConfig, ApacheDirective } from '../config/index.ts'
import { apacheListens, everyApacheDirective, virtualHosts } from '../config/index.ts'
import { isLoopback } from './adapt.ts'
import { holds, isCalled, loadedModules } from './apache-modules.ts'
import type { Listener } from './kind.ts'

/** Lines `Listen`; where they stand in a file of the distribution that is not given, the ports of the virtual hosts. */
export function apacheListeners(config: ApacheConfig): readonly Listener[] {
  const modules = loadedModules(config)
  const hosts = virtualHosts(config).filter(({ directive }) => holds(modules, directive))
  const speaksTls = (host: ApacheDirective): boolean =>
    [...everyApacheDirective(host.section ?? [])].some(
      (each) => isCalled(each, 'SSLEngine') && /^on$/i.test(each.args[0]?.text ?? ''),
    )
  const ofHosts = hosts.flatMap(({ directive, addresses }) =>
    addresses.map(({ host, port }) => ({ directive, host, port, tls: speaksTls(directive) })),
  )
  const said = apacheListens(config)
    .filter(({ directive }) => holds(modules, directive))
    .map(({ directive, host, port, protocol }) => {
      const tls = protocol === 'https' || ofHosts.some((each) => each.port === port && each.tls)
      return { directive, host, port, tls }
    })
  const all = (said.length > 0 ? said : ofHosts).flatMap(({ directive: { file, line }, host, port, tls }) => {
    const loopback = host !== undefined && isLoopback(host)
    return port === undefined ? [] : [{ port, tls, loopback, http: true, file, line }]
  })
  return [...Map.groupBy(all, ({ port, loopback }) => `${port} ${loopback}`).values()].flatMap((same) =>
    same.slice(0, 1),
  )
}
