import {
  lineage,
  parameter,
  parseConfig,
  servers,
  type HaproxyConfig,
  type HaproxySection,
  type Server,
  type Word,
} from '../../config/index.ts'
import { placeIn } from '../inventory.ts'
import type { BalancedServer, ServerReader } from './side.ts'

/** Lines `server` of backends: HAProxy configuration manual, section 5.2. */
export const haproxyServers: ServerReader = {
  kind: 'haproxy',
  read(text, file) {
    const config = parseConfig('haproxy', text, { file })
    // Other sections have lines of this name for other things, such as peers.
    const pools = config.sections.filter(({ kind }) => kind === 'backend' || kind === 'listen')
    const read = pools.flatMap((section) => servers(section).map((server) => readOne(config, section, server)))
    return {
      title: file,
      servers: read.flatMap(({ server }) => server ?? []),
      uncompared: read.flatMap(({ what, place }) => (what === undefined ? [] : [{ place, what }])),
      pools: pools
        .filter((section) => section.kind === 'backend' || servers(section).length > 0)
        .map((section) => ({
          name: section.name?.text ?? '',
          place: placeIn(section.header.file, section.header.line),
          ...(servers(section).some(({ numbers }) => numbers !== undefined) && { found: true }),
        })),
      problems: config.problems.filter(({ level }) => level === 'refused'),
    }
  },
}

interface Read {
  readonly server?: BalancedServer
  readonly place: string
  /** What of it cannot be compared. */
  readonly what?: string
}

function readOne(config: HaproxyConfig, section: HaproxySection, server: Server): Read {
  const { address, directive, name, parameters } = server
  const pool = section.name?.text ?? ''
  const place = placeIn(directive.file, directive.line)
  const id = `${pool}/${name.text}`
  if (server.numbers !== undefined) return { place, what: `${id}: its servers are found while HAProxy runs` }
  const isKnown = ['ip4', 'ip6', 'name'].includes(address.family)
  const weight = parameter(parameters, 'weight') ?? byDefault(config, section, server, 'weight')
  const backup = parameter(parameters, 'backup') ?? byDefault(config, section, server, 'backup')
  const open = [
    ...(isKnown ? [] : [`its address is ${address.text}`]),
    ...(weight?.expands === true ? [`its weight is ${weight.text}`] : []),
    ...(directive.under.length > 0 ? ['whether its line counts is decided when HAProxy starts'] : []),
  ]
  return {
    place,
    ...(open.length > 0 && { what: `${id}: ${open.join(', ')}` }),
    server: {
      pool,
      name: name.text,
      host: isKnown ? address.host : undefined,
      port: isKnown ? address.port : undefined,
      weight: weight?.expands === true ? undefined : Number(weight?.text ?? '1'),
      backup: backup !== undefined && !parameters.some((each) => each.name.text === 'no-backup'),
      place,
    },
  }
}

/** What the lines `default-server` above say, those of its `defaults` section too. They add up. */
function byDefault(
  config: HaproxyConfig,
  section: HaproxySection,
  { directive }: Server,
  name: string,
): Word | undefined {
  for (const each of lineage(config, section)) {
    const lines = each.directives.filter((one) => one.name.text === 'default-server')
    const above = each === section ? lines.filter(({ line }) => line < directive.line) : lines
    for (const { args } of above.toReversed()) {
      const at = args.findLastIndex(({ text }) => text === name)
      if (at !== -1) return name === 'backup' ? args[at] : args[at + 1]
    }
  }
  return undefined
}
