import { describe, expect, test } from 'vitest'
import { UsageError } from '../../kernel/index.ts'
import type { Inventory } from './inventory.ts'
import { readInventory } from './read-inventory.ts'

/** Hosts as people would say them: name, address, port, pools, and what else there is. */
function told({ hosts }: Inventory): Record<string, string> {
  return Object.fromEntries(
    hosts.map(({ name, addresses, port, pools, weight, backup, names }) => [
      name,
      [
        `${addresses.map(({ value }) => value).join('+')}:${port?.value ?? '-'}`,
        pools.toSorted().join(','),
        ...(weight === undefined ? [] : [`weight ${weight.value}`]),
        ...(backup?.value === true ? ['backup'] : []),
        ...names.map(({ value }) => value),
      ].join(' '),
    ]),
  )
}

const wanted = {
  'app-01': '10.0.0.1:8080 app,web weight 3 www.example.org',
  'app-02': '10.0.0.2:8080 app,web backup',
  'blog.example.org': '10.0.0.9:80 blog,web blog.example.org',
}

const own = `hosts:
  app-01: { address: 10.0.0.1, port: 8080, pools: [app, web], weight: 3, names: [WWW.example.org.] }
  app-02: { address: 10.0.0.2, port: 8080, pools: [app, web], backup: true }
  blog.example.org: { address: 10.0.0.9, port: 80, pools: [blog, web], names: [blog.example.org] }
`

const ini = `# our hosts
app-01 ansible_host=10.0.0.1 weight=3 names='["www.example.org"]'

[app]
app-[01:02] # both
app-02 ansible_host="10.0.0.2" backup=yes http_port=8080
[blog]
blog.example.org:2222 ansible_host=10.0.0.9
[web:children]
app
blog
[web:vars]
http_port = 80
[app:vars]
port=8080
[all:vars]
port=99
`.replace('[web:vars]\nhttp_port = 80', '[web:vars]\nport = 80')

const yaml = `all:
  vars: { port: 99 }
  children:
    web:
      vars: { port: 80 }
      children:
        app:
          vars: { port: "8080" }
          hosts:
            app-[01:02]:
            app-01: { ansible_host: 10.0.0.1, weight: 3, names: [www.example.org] }
            app-02: { ansible_host: 10.0.0.2, backup: true }
        blog:
          hosts:
            blog.example.org: { ansible_host: 10.0.0.9 }
`

describe('the same hosts', () => {
  test.each([
    ['our own YAML', own],
    ['YAML with a byte order mark and a beginning', `\uFEFF---\n# hosts\n${own}`],
    ['INI of Ansible', ini],
    ['INI with ends of lines of Windows', ini.replaceAll('\n', '\r\n')],
    ['YAML of Ansible', yaml],
  ])('are read from %s', (_, text) => {
    expect(told(readInventory(text, 'hosts'))).toEqual(wanted)
  })

  test('are read from JSON', () => {
    const json = '{"hosts":{"app-01":{"address":"10.0.0.1","address6":"2001:db8::1","pools":["app"]}}}'
    expect(told(readInventory(json, 'hosts.json'))).toEqual({ 'app-01': '10.0.0.1+2001:db8::1:- app' })
  })
})

test('every value keeps its line', () => {
  const text = 'hosts:\n  a:\n    address: 10.0.0.1\n    port: 80\n    names:\n      - x.org\n      - y.org\n'
  expect(readInventory(text, 'hosts.yaml').hosts).toMatchObject([
    { line: 2, addresses: [{ line: 3 }], port: { line: 4 }, names: [{ line: 6 }, { line: 7 }] },
  ])
  const inherited = readInventory('[app]\na\nb\n[app:vars]\nport=80\n', 'hosts.ini').hosts
  expect(inherited).toMatchObject([
    { line: 2, port: { line: 5 } },
    { line: 3, port: { line: 5 } },
  ])
})

test.each([
  ['app[01:03]', ['app01', 'app02', 'app03']],
  ['app[8:12:2].x', ['app8.x', 'app10.x', 'app12.x']],
  ['[a:c]1', ['a1', 'b1', 'c1']],
  ['r[1:2]h[a:b]', ['r1ha', 'r1hb', 'r2ha', 'r2hb']],
  ['app[1:2]:2222', ['app1', 'app2']],
])('the range %s has its hosts, in INI and in YAML', (range, names) => {
  const hosts = (text: string): readonly string[] => readInventory(text, 'hosts').hosts.map(({ name }) => name)
  expect(hosts(`app-0 port=1\n[app]\n${range}\n`).slice(1)).toEqual(names)
  expect(hosts(`all:\n  hosts:\n    "${range}": { port: 80 }\n`)).toEqual(names)
})

test('of variables counts the nearest, of groups equally near the last by name, with the group all below every other', () => {
  const text =
    '[a]\nh\n[b]\nh\n[z:children]\na\n[b:vars]\nport=2\n[a:vars]\nport=1\n[z:vars]\nport=9\nweight=7\n[all:vars]\nweight=8\n'
  const [host] = readInventory(text, 'hosts.ini').hosts
  expect([host?.port?.value, host?.weight?.value]).toEqual([1, 7])
})

test('a template of Ansible is noted with its place, and is no value', () => {
  const { open, hosts } = readInventory('[app]\na port="{{ base + 1 }}"\n', 'hosts.ini')
  expect(open).toEqual([{ value: 'port of a is a template', line: 2 }])
  expect(hosts[0]?.port).toBeUndefined()
})

describe('what is wrong', () => {
  const host = (said: string): string => `hosts:\n  a: { address: 10.0.0.1 }\n  b:\n    ${said}\n`
  test.each<[string, string, readonly [string, string, string][]]>([
    ['a text for a port', host('address: 10.0.0.2\n    port: http'), [['hosts:5: hosts.b.port', '"http"', 'a number']]],
    [
      'a port too large',
      host('address: 10.0.0.2\n    port: 70000'),
      [['hosts:5: hosts.b.port', '70000', 'at most 65535']],
    ],
    ['no address', host('port: 80'), [['hosts:3: hosts.b.address', 'nothing', 'an IP address']]],
    ['a name for an address', host('address: b.org'), [['hosts:4: hosts.b.address', '"b.org"', 'an IP address']]],
    [
      'an address6 of four',
      host('address: 10.0.0.2\n    address6: 10.0.0.3'),
      [['hosts:5: hosts.b.address6', '"10.0.0.3"', 'an IPv6 address']],
    ],
    [
      'a misspelt key',
      host('address: 10.0.0.2\n    pool: [app]'),
      [['hosts:5: hosts.b.pool', 'the unknown key "pool"', 'one of the keys']],
    ],
    [
      'a name with a blank',
      host('address: 10.0.0.2\n    names: ["a b"]'),
      [['hosts:5: hosts.b.names[0]', '"a b"', 'a name such as']],
    ],
    [
      'two wrong things',
      host('address: x\n    weight: -1'),
      [
        ['hosts:4: hosts.b.address', '"x"', 'an IP address'],
        ['hosts:5: hosts.b.weight', '-1', 'at least 0'],
      ],
    ],
    [
      'a host twice',
      'hosts:\n  a: { address: 10.0.0.1 }\n  a: { address: 10.0.0.2 }\n',
      [['hosts:3', 'Map keys must be unique', 'YAML or JSON']],
    ],
    ['YAML that is not closed', 'hosts: { a: }}', [['hosts:1', '', 'YAML or JSON']]],
    ['an empty file', '', [['hosts', 'no host', 'an inventory with hosts']]],
    ['a port of INI', '[app]\na port=http\n', [['hosts:2: port', '"http"', 'a port from 1 to 65535']]],
    [
      'a port of a group, once for all its hosts',
      '[app]\na\nb\n[app:vars]\nport=0\n',
      [['hosts:5: port', '"0"', 'a port from 1 to 65535']],
    ],
    [
      'a word behind a host',
      '[app]\na port 80\n',
      [
        ['hosts:2', '"port"', 'name=value'],
        ['hosts:2', '"80"', 'name=value'],
      ],
    ],
    ['a quote', '[app]\na names="x\n', [['hosts:2', 'names=', 'a quote that is closed']]],
    [
      'a range that goes back',
      '[app]\na[3:1]\n',
      [['hosts:2', '"a[3:1]"', 'a range whose last is not before its first']],
    ],
    ['a range without end', '[app]\na[1:\n', [['hosts:2', '"a[1:"', '] behind [']]],
    ['a range of everything', '[app]\na[1:99999999]\n', [['hosts:2', '', 'at most 10000 hosts']]],
    ['an unknown kind of section', '[app:host]\na\n', [['hosts:1', '"[app:host]"', '[group], [group:vars]']]],
    [
      'a child that is no group',
      '[app]\na\n[web:children]\nap\n',
      [['hosts:4: web', '"ap"', 'a group of this inventory']],
    ],
    [
      'groups inside each other',
      '[x]\nh\n[x:children]\ny\n[y:children]\nx\n',
      [['hosts:6: y', 'the child x', 'a group that it does not lie in']],
    ],
    ['a variable without value', '[app]\na\n[app:vars]\nport\n', [['hosts:4', '"port"', 'name=value']]],
    [
      'a key that no group has',
      'all:\n  hosts: { a: }\n  host: { b: }\n',
      [['hosts:3: all.host', '"host"', 'hosts, children or vars']],
    ],
    [
      'a list of hosts in YAML',
      'app:\n  hosts: [a, b]\n',
      [['hosts:2: app.hosts', '["a","b"]', 'hosts, each with a colon']],
    ],
  ])('%s is told with file, line, what was given and wanted', (_, text, problems) => {
    const found = problemsOf(() => readInventory(text, 'hosts'))
    expect(found.map(({ path }) => path)).toEqual(problems.map(([path]) => path))
    for (const [at, [, given, wants]] of problems.entries()) {
      expect(found[at]?.given).toContain(given)
      expect(found[at]?.wanted).toContain(wants)
    }
  })
})

function problemsOf(read: () => unknown): readonly UsageError[] {
  try {
    read()
    return []
  } catch (error) {
    const all: readonly unknown[] = error instanceof AggregateError ? error.errors : [error]
    return all.filter((each) => each instanceof UsageError)
  }
}
