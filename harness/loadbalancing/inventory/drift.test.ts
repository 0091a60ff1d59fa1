import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { systemClock, type StepReport } from '../../kernel/index.ts'
import type { Change } from '../../stack/index.ts'
import { lookAtInventory } from './look-at-inventory.ts'
import { inventoryEntry } from './section.ts'

const folder = fileURLToPath(new URL('../../../fixtures/loadbalancing/', import.meta.url))
const [hosts, balancer, named] = ['./inventory/hosts.yaml', './inventory/haproxy.cfg', './inventory/named.conf']
const [zone, reverse] = ['./inventory/zones/example.org.zone', './inventory/zones/0.0.10.in-addr.arpa.zone']

const entry = inventoryEntry.parse({
  name: 'site',
  file: hosts,
  balancers: [{ kind: 'haproxy', config: balancer }],
  zones: [
    { zone: 'example.org', file: zone },
    { zone: '0.0.10.in-addr.arpa.', file: reverse },
  ],
  namedConf: named,
})

async function look(change?: Change, given = entry): Promise<StepReport> {
  const allow = (): void => {}
  const context = { baseFolder: folder, allow, signal: new AbortController().signal, clock: systemClock, only: [] }
  const [step] = await Array.fromAsync(lookAtInventory(given, context, change))
  if (step === undefined) throw new Error('no step')
  return step
}

/** What was found, with both places: where the file says it, and where the inventory does. */
async function drifts(file: string, find: string, replace: string): Promise<readonly string[]> {
  const { findings, unsettled } = await look({ id: 'loadbalancing/test', part: 'site', file, find, replace })
  expect(unsettled).toBeUndefined()
  return findings.map(({ rule, place, evidence }) =>
    [
      rule.replace('loadbalancing/inventory-', ''),
      place.replace('./inventory/', ''),
      ...('inventory' in evidence
        ? [(JSON.stringify(evidence['inventory']) ?? '').replaceAll('"', '').replace('./inventory/', '')]
        : []),
    ].join(' '),
  )
}

test('the inventory and what was generated from it say the same', async () => {
  const { findings, unsettled, looked, id, subject } = await look()
  expect({ findings, unsettled, looked, id, subject }).toEqual({
    findings: [],
    unsettled: undefined,
    looked: ['loadbalancing/inventory'],
    id: 'loadbalancing/inventory',
    subject: 'site',
  })
})

describe('one small drift', () => {
  test.each<[string, string, string, string, readonly string[]]>([
    // The balancer's configuration.
    ['an address', balancer, '10.0.0.11:8080', '10.0.0.31:8080', ['server-differs haproxy.cfg:15 hosts.yaml:7']],
    ['a port', balancer, '10.0.0.12:8080', '10.0.0.12:8081', ['server-differs haproxy.cfg:16 hosts.yaml:14']],
    ['no port', balancer, '10.0.0.12:8080', '10.0.0.12', ['server-differs haproxy.cfg:16 hosts.yaml:14']],
    ['a weight', balancer, 'weight 10', 'weight 11', ['server-differs haproxy.cfg:16 hosts.yaml:16']],
    ['a weight left out', balancer, ' weight 10', '', ['server-differs haproxy.cfg:16 hosts.yaml:16']],
    [
      'a weight for all',
      balancer,
      'default-server check',
      'default-server weight 2 check',
      ['server-differs haproxy.cfg:17 hosts.yaml:18'],
    ],
    ['no backup', balancer, ' backup', '', ['server-differs haproxy.cfg:17 hosts.yaml:22']],
    [
      'a backup too many',
      balancer,
      '10.0.0.21:8081',
      '10.0.0.21:8081 backup',
      ['server-differs haproxy.cfg:20 hosts.yaml:24'],
    ],
    [
      'a server less',
      balancer,
      '    server app-2 10.0.0.12:8080 weight 10\n',
      '',
      ['server-missing haproxy.cfg:13 hosts.yaml:12'],
    ],
    [
      'a server behind a #',
      balancer,
      'server app-2',
      '# server app-2',
      ['server-missing haproxy.cfg:13 hosts.yaml:12'],
    ],
    [
      'a server more',
      balancer,
      '    server app-2',
      '    server app-3 10.0.0.13:8080\n    server app-2',
      ['server-surplus haproxy.cfg:16 hosts.yaml'],
    ],
    ['a server under another name', balancer, 'server app-2', 'server app-two', []],
    [
      'a server in the other pool',
      balancer,
      'check\n',
      'check\n    server app-9 10.0.0.11:8080\n',
      ['server-surplus haproxy.cfg:21 hosts.yaml'],
    ],
    [
      'a pool less',
      balancer,
      'backend blog\n    server blog-1 10.0.0.21:8081 check\n',
      '',
      ['pool-missing hosts.yaml:24 hosts.yaml'],
    ],
    ['a pool in other letters', balancer, '\nbackend blog', '\nbackend Blog', []],
    [
      'an address that only the environment knows',
      balancer,
      '10.0.0.11:8080',
      '"${APP_1}:8080"',
      ['uncompared haproxy.cfg:15'],
    ],
    [
      'servers that are found at run time',
      balancer,
      'server blog-1',
      'server-template blog- 3',
      ['uncompared haproxy.cfg:20'],
    ],
    [
      'a line that HAProxy refuses',
      balancer,
      '10.0.0.12:8080',
      '10.0.0.12:80800',
      ['unreadable haproxy.cfg:16', 'server-missing haproxy.cfg:13 hosts.yaml:12'],
    ],
    // The inventory.
    [
      'an address of the inventory',
      hosts,
      '10.0.0.19',
      '10.0.0.20',
      [
        'server-differs haproxy.cfg:17 hosts.yaml:19',
        'record-differs example.org.zone:9 hosts.yaml:23',
        'record-missing 0.0.10.in-addr.arpa.zone hosts.yaml:18',
        'record-surplus 0.0.10.in-addr.arpa.zone:8 hosts.yaml',
      ].map((each) => each.replace(/ (example|0\.0)/, ' zones/$1')),
    ],
    [
      'a pool of the inventory',
      hosts,
      'pools: [blog]',
      'pools: [blog, shop]',
      ['pool-missing hosts.yaml:24 hosts.yaml'],
    ],
    // The zone.
    ['a record', zone, '10.0.0.12', '10.0.0.13', ['record-differs zones/example.org.zone:8 hosts.yaml:17']],
    ['a record less', zone, 'app-2     A     10.0.0.12\n', '', ['record-missing zones/example.org.zone hosts.yaml:17']],
    [
      'a second address',
      zone,
      'ns        A     10.0.0.53\n',
      'ns        A     10.0.0.53\n          A     10.0.0.54\n',
      ['record-surplus zones/example.org.zone:13 hosts.yaml:32'],
    ],
    [
      'a name more',
      zone,
      'ns        A',
      'old       A     10.0.0.77\nns        A',
      ['record-surplus zones/example.org.zone:12 hosts.yaml'],
    ],
    [
      'an IPv6 address less',
      zone,
      'blog-1    AAAA  2001:db8::21\n',
      '',
      ['record-missing zones/example.org.zone:10 hosts.yaml:29'],
    ],
    ['an IPv6 address in other letters', zone, '2001:db8::21', '2001:0DB8:0::21', []],
    [
      'another name that leads elsewhere',
      zone,
      'CNAME balancer',
      'CNAME ns',
      ['record-differs zones/example.org.zone:5 hosts.yaml:5'],
    ],
    [
      'another name that leads out',
      zone,
      'CNAME balancer',
      'CNAME cdn.example.net.',
      ['record-differs zones/example.org.zone:5 hosts.yaml:5'],
    ],
    [
      'a zone cut off',
      zone,
      '10.0.0.53',
      '10.0.0',
      ['unreadable zones/example.org.zone:12', 'record-missing zones/example.org.zone hosts.yaml:32'],
    ],
    // The reverse zone.
    [
      'a pointer',
      reverse,
      'app-2.example.org.',
      'app-1.example.org.',
      ['record-differs zones/0.0.10.in-addr.arpa.zone:7 hosts.yaml:12'],
    ],
    [
      'a pointer without its dot',
      reverse,
      'app-2.example.org.',
      'app-2.example.org',
      ['record-differs zones/0.0.10.in-addr.arpa.zone:7 hosts.yaml:12'],
    ],
    [
      'a pointer less',
      reverse,
      '12 PTR app-2.example.org.\n',
      '',
      ['record-missing zones/0.0.10.in-addr.arpa.zone hosts.yaml:12'],
    ],
    [
      'a pointer more',
      reverse,
      '12 PTR',
      '13 PTR app-2.example.org.\n12 PTR',
      ['record-surplus zones/0.0.10.in-addr.arpa.zone:7 hosts.yaml'],
    ],
    // named.conf.
    [
      'a file that is not there',
      named,
      'zones/example.org.zone"',
      'zones/example.com.zone"',
      ['zone-file-missing named.conf:9'],
    ],
    [
      'the file of the other zone',
      named,
      'zones/example.org.zone"',
      'zones/0.0.10.in-addr.arpa.zone"',
      ['zone-misdeclared named.conf:9'],
    ],
    ['a zone under another name', named, 'zone "example.org"', 'zone "example.com"', ['zone-misdeclared named.conf']],
    [
      'a zone of a server that only copies',
      named,
      'primary;\n  file "/etc/bind/zones/example.org.zone"',
      'secondary;\n  file "/etc/bind/zones/example.org.zone"',
      ['zone-misdeclared named.conf'],
    ],
    [
      'a zone more',
      named,
      'zone "example.org"',
      'zone "x" { type primary; file "x.zone"; };\nzone "example.org"',
      ['zone-file-missing named.conf:7'],
    ],
    [
      'a brace that is lost',
      named,
      'file "/etc/bind/zones/0.0.10.in-addr.arpa.zone";\n}',
      'file "/etc/bind/zones/0.0.10.in-addr.arpa.zone";\n',
      ['unreadable named.conf:15', 'unreadable named.conf:12', 'zone-misdeclared named.conf'],
    ],
  ])('%s (%s: %s)', async (_, file, find, replace, wanted) => {
    expect(await drifts(file, find, replace)).toEqual(wanted)
  })
})

test('a sentence tells both sides', async () => {
  const change = {
    id: 'loadbalancing/test',
    part: 'site',
    file: balancer,
    find: '10.0.0.11',
    replace: '10.0.0.31',
  } as const
  expect((await look(change)).findings[0]?.sentence).toBe(
    'The address of app/app-1 is 10.0.0.31, and ./inventory/hosts.yaml:7 says 10.0.0.11.',
  )
})

test.each([
  ['pools that are named, one of them gone', { pools: ['app', 'shop'] }, []],
  [
    'pools under other names',
    { pools: { app: 'blog' } },
    ['server-missing', 'server-surplus', 'server-surplus', 'server-surplus'],
  ],
])('%s', async (_, pools, rules) => {
  const given = inventoryEntry.parse({
    name: 'site',
    file: hosts,
    balancers: [{ kind: 'haproxy', config: balancer, ...pools }],
  })
  const { findings } = await look(undefined, given)
  expect(findings.map(({ rule }) => rule.replace('loadbalancing/inventory-', ''))).toEqual(rules)
})

test('names that the inventory need not know are no drift', async () => {
  const find = 'ns        A'
  const change = {
    id: 'loadbalancing/test',
    part: 'site',
    file: zone,
    find,
    replace: `old A 10.0.0.77\n${find}`,
  } as const
  const given = inventoryEntry.parse({
    name: 'site',
    file: hosts,
    zones: [{ zone: 'example.org', file: zone, others: ['old'] }],
  })
  expect((await look(change, given)).findings).toEqual([])
})

test.each([
  ['a file that is not there', { file: './inventory/no.yaml' }, /no\.yaml/],
  ['an inventory that is wrong in itself', { file: './haproxy.cfg' }, /haproxy\.cfg/],
])('%s ends the look with a word about it', async (_, given, message) => {
  await expect(look(undefined, { ...entry, ...given })).rejects.toThrow(message)
})
