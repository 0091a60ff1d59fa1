import { readInventory } from './read-inventory.ts'
import { namesOf, type InventorySeen } from './seen.ts'
import { readNamedConf } from './named-conf.ts'
import { readStatistics } from './running/statistics.ts'
import { haproxyServers } from './servers/haproxy.ts'
import { readZone } from './zones.ts'

/** What is otherwise in a sketch. */
export interface Sketch {
  /** A second pool of the hosts a and b, beside app. */
  readonly pool?: string
  /** Words behind `server` in the backend app. */
  readonly servers?: readonly string[]
  /** Records of the zone example.org, beside its SOA and NS. */
  readonly records?: readonly string[]
  /** Zones of named.conf; the file of example.org alone is there. */
  readonly declared?: readonly string[]
  /** Name and address of the servers that run. */
  readonly runningServers?: readonly string[]
  /** What the name server answers. */
  readonly answers?: Readonly<Record<string, readonly string[]>>
}

const both = ['a 10.0.0.1:80', 'b 10.0.0.2:80']

/** An inventory of two hosts in one pool, with all that is generated from it and runs. For examples of its check. */
export function sketchInventory({
  pool,
  servers = both,
  records = ['a A 10.0.0.1', 'b A 10.0.0.2'],
  declared = ['example.org'],
  runningServers = both,
  answers = {},
}: Sketch): InventorySeen {
  const pools = ['app', ...(pool === undefined ? [] : [pool])].join(', ')
  const host = (name: string, number: number): string =>
    `  ${name}: { address: 10.0.0.${number}, port: 80, weight: 1, pools: [${pools}], names: [${name}.example.org] }\n`
  const inventory = readInventory(`hosts:\n${host('a', 1)}${host('b', 2)}`, 'hosts.yaml')
  const config = `backend app\n${servers.map((words) => `  server ${words}\n`).join('')}`
  const balanced = haproxyServers.read(config, 'haproxy.cfg', {})
  const head = '$TTL 60\n@ SOA ns.example.net. hostmaster 1 2 3 4 5\n@ NS ns.example.net.\n'
  const zone = readZone(`${head}${records.join('\n')}\n`, 'example.org.zone', { zone: 'example.org' }, {})
  const statements = declared.map((name) => `zone "${name}" { type primary; file "${name}.zone"; };\n`)
  const namedConf = readNamedConf(statements.join(''), 'named.conf', {}, (file) =>
    file === zone.title ? file : undefined,
  )
  const rows = runningServers.map((words) => words.split(' ')).map(([name, at]) => `app,${name},2,${at},1,0\n`)
  const told = readStatistics(`# pxname,svname,type,addr,uweight,bck\n${rows.join('')}app,BACKEND,1,,2,0\n`, 'balancer')
  const runs = 'trouble' in told ? [] : [{ balanced: told, pools: undefined }]
  const names = namesOf({ inventory, zones: [zone] })
    .filter(({ required }) => required)
    .map((expected) => ({ server: '127.0.0.1', expected, values: answers[expected.name] ?? expected.values }))
  return {
    inventory,
    balancers: [{ balanced, pools: undefined }],
    zones: [zone],
    namedConf,
    running: { balancers: runs, names },
    problems: [...balanced.problems, ...zone.problems, ...namedConf.problems],
    uncompared: balanced.uncompared,
  }
}
