import { parseConfig, upstreams } from '../../config/index.ts'
import { placeIn } from '../inventory.ts'
import type { ServerReader } from './side.ts'

/** Lines `server` of an `upstream`: nginx, module ngx_http_upstream. */
export const nginxServers: ServerReader = {
  kind: 'nginx',
  read(text, file, read) {
    const config = parseConfig('nginx', text, { file, read })
    const groups = upstreams(config)
    const all = groups.flatMap((group) => group.servers.map((server) => ({ server, pool: group.name.text })))
    const known = all.filter(({ server }) => ['ip4', 'ip6', 'name'].includes(server.address.family))
    return {
      title: file,
      servers: known.map(({ pool, server: { address, weight, backup, directive } }) => ({
        pool,
        name: undefined,
        host: address.host,
        // What nginx takes when none is written.
        port: address.port ?? 80,
        weight,
        backup,
        place: placeIn(directive.file, directive.line),
      })),
      uncompared: all
        .filter((each) => !known.includes(each))
        .map(({ pool, server: { at, directive } }) => ({
          place: placeIn(directive.file, directive.line),
          what: `${pool}: ${at.text} is no address yet`,
        })),
      pools: groups.map(({ name, directive }) => ({
        name: name.text,
        place: placeIn(directive.file, directive.line),
      })),
      problems: config.problems.filter(({ level }) => level === 'refused'),
    }
  },
}
