import { describe, expect, test } from 'vitest'
import { runCheck, seededRandom } from '../../kernel/index.ts'
import { inventory } from '../checks/inventory.ts'
import { pointerName } from './addresses.ts'
import type { GeneratedFiles } from './generated-files.ts'
import { inventoryEntry } from './section.ts'
import { readGenerated } from './seen.ts'

const hosts = Array.from({ length: 200 }, (_, at) => ({
  name: `node-${at}`,
  address: `10.1.${Math.floor(at / 100)}.${(at % 100) + 1}`,
  port: 8000 + (at % 7),
  pool: `pool${at % 5}`,
  weight: (at % 3) + 1,
  backup: at % 50 >= 45,
}))
type Node = (typeof hosts)[number]

const lines = (each: (node: Node) => string, of: readonly Node[] = hosts): string => of.map(each).join('\n')
const inPools = (pool: (name: string, members: readonly Node[]) => string): string =>
  [...Map.groupBy(hosts, (node) => node.pool)].map(([name, members]) => `${pool(name, members)}\n`).join('')

const own = `hosts:\n${lines((n) => `  ${n.name}: { address: ${n.address}, port: ${n.port}, pools: [${n.pool}], weight: ${n.weight}, backup: ${n.backup}, names: [${n.name}.example.org] }`)}\n`
const vars = (n: Node): string =>
  `ansible_host=${n.address} http_port=${n.port} weight=${n.weight} backup=${n.backup} names=${n.name}.example.org`
const soa = '$TTL 300\n@ SOA ns.example.net. root 1 2 3 4 5\n@ NS ns.example.net.\n'

const inventories = {
  'our own YAML': own,
  'INI of Ansible': inPools((name, members) => `[${name}]\n${lines((n) => `${n.name} ${vars(n)}`, members)}`),
} as const

const configurations = {
  haproxy: inPools(
    (name, members) =>
      `backend ${name}\n${lines((n) => ` server ${n.name} ${n.address}:${n.port} weight ${n.weight}${n.backup ? ' backup' : ''}`, members)}`,
  ),
  nginx: `events {}\nhttp {\n${inPools((name, members) => `upstream ${name} {\n${lines((n) => ` server ${n.address}:${n.port} weight=${n.weight}${n.backup ? ' backup' : ''};`, members)}\n}`)}}\n`,
  apache: inPools(
    (name, members) =>
      `<Proxy balancer://${name}>\n${lines((n) => ` BalancerMember http://${n.address}:${n.port} loadfactor=${n.weight}${n.backup ? ' status=+H' : ''}`, members)}\n</Proxy>`,
  ),
} as const

const zone = `${soa}${lines((n) => `${n.name} A ${n.address}`)}\n`
const reverse = `${soa}${lines((n) => `${pointerName(n.address) ?? ''}. PTR ${n.name}.example.org.`)}\n`
const named = ['example.org', '1.10.in-addr.arpa'].map(
  (each) => `zone "${each}" { type primary; file "${each}.zone"; };\n`,
)

function found(kind: keyof typeof configurations, texts: Readonly<Record<string, string>>): readonly string[] {
  const files: GeneratedFiles = {
    text: (name) => texts[name] ?? '',
    readerFor: () => () => [],
    find: (_, path) => (path in texts ? path : undefined),
    elsewhere: [],
  }
  const entry = inventoryEntry.parse({
    name: 'large',
    file: 'hosts',
    balancers: [{ kind, config: 'balancer' }],
    zones: [
      { zone: 'example.org', file: 'example.org.zone' },
      { zone: '1.10.in-addr.arpa', file: '1.10.in-addr.arpa.zone' },
    ],
    namedConf: 'named.conf',
  })
  const { findings, unsettled } = runCheck(inventory, readGenerated(entry, files))
  expect(unsettled).toBeUndefined()
  return findings.map(({ rule, place, sentence }) => `${rule} ${place} ${sentence}`)
}

const generated = { 'example.org.zone': zone, '1.10.in-addr.arpa.zone': reverse, 'named.conf': named.join('') }
const kinds = ['haproxy', 'nginx', 'apache'] as const

describe.each(Object.entries(inventories))('200 hosts in %s', (_, text) => {
  test.each(kinds)('and no drift from %s, zones and named.conf: nothing is found', (kind) => {
    expect(found(kind, { ...generated, hosts: text, balancer: configurations[kind] })).toEqual([])
  })
})

describe.each(kinds)('200 hosts and %s', (kind) => {
  test('a digit of any line, or a line less, is found at its place', () => {
    const random = seededRandom(7)
    const whole = configurations[kind]
    const rows = whole.split('\n')
    const places = rows.flatMap((row, at) => (/10\.1\.\d+\.\d+:\d+/.test(row) ? [at] : []))
    for (let round = 0; round < 8; round++) {
      const at = places[Math.floor(random() * places.length)] ?? 0
      const row = rows[at] ?? ''
      // The last digit of the port becomes 9, which no port ends with.
      const other = rows.with(at, row.replace(/(10\.1\.\d+\.\d+:\d{3})\d/, '$19')).join('\n')
      const texts = { ...generated, hosts: inventories['INI of Ansible'] }
      const drift = found(kind, { ...texts, balancer: other })
      expect(drift, row).toHaveLength(1)
      expect(drift[0]).toMatch(new RegExp(`^loadbalancing/inventory-server-differs balancer:${at + 1} The port of`))
      const less = found(kind, { ...texts, balancer: rows.toSpliced(at, 1).join('\n') })
      expect(less, row).toHaveLength(1)
      expect(less[0]).toMatch(/^loadbalancing\/inventory-server-missing /)
    }
  })
})

test.each([
  ['zone', 'example.org.zone', zone],
  ['reverse zone', '1.10.in-addr.arpa.zone', reverse],
])('200 hosts and a %s: a line less is found', (_, file, text) => {
  const rows = text.split('\n')
  for (let at = 3; at < rows.length - 1; at += 23) {
    const texts = {
      ...generated,
      hosts: inventories['INI of Ansible'],
      balancer: configurations.haproxy,
      [file]: rows.toSpliced(at, 1).join('\n'),
    }
    expect(found('haproxy', texts), rows[at]).toMatchObject([
      expect.stringMatching(/^loadbalancing\/inventory-record-missing /),
    ])
  }
})
