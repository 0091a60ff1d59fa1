import { balancerMembers, parseConfig, type BalancerMember } from '../../config/index.ts'
import { placeIn } from '../inventory.ts'
import type { BalancedServer, ServerReader, Uncompared } from './side.ts'

const defaultPorts: Readonly<Record<string, number>> = {
  http: 80,
  ws: 80,
  h2c: 80,
  https: 443,
  wss: 443,
  h2: 443,
  ajp: 8009,
}

/** Lines `BalancerMember`: Apache, modules mod_proxy and mod_proxy_balancer. */
export const apacheServers: ServerReader = {
  kind: 'apache',
  read(text, file, read) {
    const config = parseConfig('apache', text, { file, read })
    const members = balancerMembers(config)
    const all = members.map(readOne)
    const names = [...new Set(members.map(({ balancer }) => balancer ?? ''))]
    return {
      title: file,
      servers: all.flatMap((each) => ('host' in each ? [each] : [])),
      uncompared: all.flatMap((each) => ('what' in each ? [each] : [])),
      pools: names.map((name) => {
        const directive = members.find(({ balancer = '' }) => balancer === name)?.directive
        return { name, place: directive === undefined ? file : placeIn(directive.file, directive.line) }
      }),
      problems: config.problems.filter(({ level }) => level === 'refused'),
    }
  },
}

function readOne({ at, balancer = '', directive, loadFactor, status }: BalancerMember): BalancedServer | Uncompared {
  const place = placeIn(directive.file, directive.line)
  const [, scheme = '', bracketed, plain, port] = /^(\w+):\/\/(?:\[([^\]]+)\]|([^/:]+))(?::(\d+))?/.exec(at.text) ?? []
  const host = bracketed ?? plain
  if (host === undefined || at.text.includes('${')) return { place, what: `${balancer}: ${at.text} is no address yet` }
  return {
    pool: balancer,
    name: undefined,
    host,
    port: port === undefined ? defaultPorts[scheme.toLowerCase()] : Number(port),
    weight: loadFactor,
    // A hot standby is asked when no other member works.
    backup: status.includes('H'),
    place,
  }
}
