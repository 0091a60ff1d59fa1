import { describe, expect, test } from 'vitest'
import {
  apacheListens,
  apacheProxyPasses,
  applyEdits,
  balancerMembers,
  bindZones,
  inForce,
  keepAlive,
  listens,
  nginxTime,
  nginxTimeout,
  parseApache,
  parseBind,
  parseHaproxy,
  parseNginx,
  parseZone,
  proxyPasses,
  replaceWord,
  servers,
  upstreams,
  virtualHosts,
  workerSettings,
} from './index.ts'

const told = (problems: readonly { file: string; line: number; column: number; given: string }[]) =>
  problems.map(({ file, line, column, given }) => `${file}:${line}:${column} ${given}`)

test('an edit changes the word that it names, and no other character of the file', () => {
  const text = 'backend b\r\n\tserver  a "10.0.0.1:80"   check # comment\r\n'
  const [server] = parseHaproxy(text, 'f').sections.flatMap(servers)
  if (server === undefined) throw new Error('one server')
  expect(applyEdits(text, [replaceWord(server.at, '127.0.0.1:9000')])).toBe(
    'backend b\r\n\tserver  a 127.0.0.1:9000   check # comment\r\n',
  )
})

test.each([
  [
    'overlap',
    [
      { start: 0, end: 2, text: '' },
      { start: 1, end: 3, text: '' },
    ],
  ],
  [
    'begin at the same place',
    [
      { start: 1, end: 1, text: 'x' },
      { start: 1, end: 1, text: 'y' },
    ],
  ],
  ['lie outside', [{ start: 1, end: 9, text: '' }]],
  ['go backwards', [{ start: 2, end: 1, text: '' }]],
])('edits that %s are an error', (_, edits) => {
  expect(() => applyEdits('abc', edits)).toThrow(expect.objectContaining({ code: 'SEATRIAL_EDIT_WRONG' }))
})

describe('nginx', () => {
  const text = `events {}
http {
  include conf.d/*.conf;
  proxy_read_timeout 1m30;
  upstream app { least_conn; server 10.0.0.1:8080 weight=5 max_fails=0 fail_timeout=1m; server unix:/run/a backup down; keepalive 16; }
  server {
    listen 8080 default_server; listen [::]:8081 ssl;
    location / { proxy_pass http://app/x; proxy_connect_timeout 500ms; }
    location ~ "^/a{2}$" { proxy_pass http://10.0.0.9:81; }
  }
}
`
  const config = parseNginx(text, '/etc/nginx/nginx.conf', {
    'conf.d/a.conf': 'server { listen 9000; }\n',
    'conf.d/b.txt': 'x',
  })

  test('includes are followed, and what they bring has the name of its file', () => {
    expect(config.problems).toEqual([])
    expect([...config.files.keys()]).toEqual(['/etc/nginx/nginx.conf', 'conf.d/a.conf'])
    expect(
      listens(config).map(({ directive, address, flags }) => [
        directive.file,
        address.family,
        address.port,
        ...flags.map((each) => each.text),
      ]),
    ).toEqual([
      ['conf.d/a.conf', 'any', 9000],
      ['/etc/nginx/nginx.conf', 'any', 8080, 'default_server'],
      ['/etc/nginx/nginx.conf', 'ip6', 8081, 'ssl'],
    ])
  })

  test('an upstream has its servers, its method and its kept connections; a proxy_pass leads to it', () => {
    const [app] = upstreams(config)
    expect([app?.name.text, app?.method?.name.text, app?.keepalive]).toEqual(['app', 'least_conn', 16])
    expect(
      app?.servers.map(({ address, weight, maxFails, failTimeoutMilliseconds, backup, down }) => [
        address.host,
        weight,
        maxFails,
        failTimeoutMilliseconds,
        backup,
        down,
      ]),
    ).toEqual([
      ['10.0.0.1', 5, 0, 60_000, false, false],
      ['/run/a', 1, 1, 10_000, true, true],
    ])
    const passes = proxyPasses(config)
    expect(
      passes.map(({ scheme, authority, path, upstream }) => [scheme, authority, path, upstream?.name.text]),
    ).toEqual([
      ['http', 'app', '/x', 'app'],
      ['http', '10.0.0.9:81', '', undefined],
    ])
    const location = passes[0]?.directive.within
    if (location === undefined) throw new Error('a location')
    expect(nginxTimeout(config, location, 'proxy_read_timeout')?.milliseconds).toBe(90_000)
    expect(nginxTimeout(config, location, 'proxy_connect_timeout')?.milliseconds).toBe(500)
    expect(inForce(config, location, 'proxy_send_timeout')).toBeUndefined()
  })

  /** Each of these was tried with nginx 1.22. */
  test.each([
    ['1d', 86_400_000],
    ['1h30m', 5_400_000],
    ['1h 30m', 5_400_000],
    ['1m30', 90_000],
    ['5', 5000],
    ['1s500ms', 1500],
    ['1ms1', 1001],
    ['1M', undefined],
    ['30s1m', undefined],
    ['0.5s', undefined],
    ['', undefined],
    ['s', undefined],
    [' 1h', undefined],
    ['1h1h', undefined],
  ])('the time %j is %s ms', (time, milliseconds) => {
    expect(nginxTime(time)).toBe(milliseconds)
  })

  test.each([
    [
      'an include of itself',
      'include nginx.conf;',
      { 'nginx.conf': 'include nginx.conf;' },
      'nginx.conf:1:9 "nginx.conf"',
    ],
    ['a file that is not there', 'include a.conf;', {}, 'nginx.conf:1:9 "a.conf", which is not there'],
    ['no way to look', 'include a.conf;', undefined, 'nginx.conf:1:9 "a.conf"'],
  ])('%s is told at its place', (_, content, read, problem) => {
    expect(told(parseNginx(content, 'nginx.conf', read).problems)).toContain(problem)
  })
})

describe('Apache', () => {
  const text = String.raw`ServerRoot "/etc/apache2"
Define PORT 8080
Listen 80
listen [::1]:${'${PORT}'} https
Include conf/*.conf
KeepAlive On
KeepAliveTimeout 500ms
<IfModule mpm_prefork_module>
  MaxClients \
    300
</IfModule>
<Proxy "balancer://shop">
  BalancerMember http://10.0.0.1:80 route=a loadfactor=3
  BalancerMember "http://10.0.0.2:80" status=+H
</Proxy>
<VirtualHost *:80 [::1]:80>
  KeepAlive Off
  ProxyPass /img !
  ProxyPass "/" "balancer://shop/" stickysession=ROUTEID
  <Location "/x"> 
    ProxyPass http://10.0.0.3/
  </Location>
</VirtualHost>
`
  const config = parseApache(text, '/etc/apache2/apache2.conf', { 'conf/a.conf': 'ServerLimit 400\n' })

  test('sections, joined lines and includes are read', () => {
    expect(config.problems).toEqual([])
    expect(apacheListens(config).map(({ host, port, protocol, at }) => [host, port, protocol, at.text])).toEqual([
      [undefined, 80, undefined, '80'],
      [undefined, undefined, 'https', '[::1]:${PORT}'],
    ])
    expect(
      workerSettings(config).map(({ name, value, under, directive }) => [
        name,
        value,
        directive.file,
        under.map(({ args }) => args[0]?.text),
      ]),
    ).toEqual([
      ['ServerLimit', 400, 'conf/a.conf', []],
      ['MaxRequestWorkers', 300, '/etc/apache2/apache2.conf', ['mpm_prefork_module']],
    ])
  })

  test('members of a balancer, what is passed on, and connections that are kept', () => {
    expect(
      balancerMembers(config).map(({ balancer, at, route, loadFactor, status }) => [
        balancer,
        at.text,
        route,
        loadFactor,
        status,
      ]),
    ).toEqual([
      ['shop', 'http://10.0.0.1:80', 'a', 3, ''],
      ['shop', 'http://10.0.0.2:80', undefined, 1, 'H'],
    ])
    expect(
      apacheProxyPasses(config).map(({ path, at, excluded, balancer, parameters }) => [
        path,
        at.text,
        excluded,
        balancer,
        parameters.get('stickysession')?.value,
      ]),
    ).toEqual([
      ['/img', '!', true, undefined, undefined],
      ['/', 'balancer://shop/', false, 'shop', 'ROUTEID'],
      ['/x', 'http://10.0.0.3/', false, undefined, undefined],
    ])
    const [host] = virtualHosts(config)
    expect(host?.addresses.map(({ at, port }) => [text.slice(at.start, at.end), port])).toEqual([
      ['*:80', 80],
      ['[::1]:80', 80],
    ])
    expect(keepAlive(config)).toMatchObject({ on: true, timeoutMilliseconds: 500, maxRequests: 100 })
    expect(keepAlive(config, host?.directive)).toMatchObject({ on: false, timeoutMilliseconds: 500 })
  })
})

describe('BIND', () => {
  test('named.conf: quoted names, nested braces, the three comments, includes, zones inside views', () => {
    const text = `options { directory "/etc/bind"; listen-on port 53 { any; !10.0.0.0/8; }; }; // one
controls { inet 127.0.0.1 allow { localhost; } keys { "k"; }; }; # two
/* three
*/ include "zones.conf";
view "inside" { zone "example.net" { type master; file "db.net"; }; };
`
    const config = parseBind(text, 'named.conf', {
      'zones.conf': 'zone "example.org" IN { type primary; file "/etc/bind/db.example"; };\n',
    })
    expect(config.problems).toEqual([])
    expect(
      bindZones(config).map(({ name, type, file, statement }) => [
        name.text,
        type,
        file?.text,
        statement.file,
        statement.line,
      ]),
    ).toEqual([
      ['example.org', 'primary', '/etc/bind/db.example', 'zones.conf', 1],
      ['example.net', 'primary', 'db.net', 'named.conf', 5],
    ])
    const inet = config.statements[1]?.blocks[0]?.[0]
    expect(inet?.blocks.map((block) => block.map(({ name }) => name.text))).toEqual([['localhost'], ['k']])
  })

  test('a zone: origins, times, parentheses, names that are left out, quotes with escapes', () => {
    const zone = parseZone(
      String.raw`$TTL 1h30m
@  IN SOA ns1 hostmaster.example.org. ( 2026112201 ; serial
      1d 2h 4w 5m )
   NS ns1
ns1 300 IN A 192.0.2.1
    IN 5m AAAA 2001:db8::1
www CNAME ns1.example.org.
@ MX 10 mail
txt TXT "a \"b\"; \195\169" second
$ORIGIN sub
_http._tcp SRV 1 2 80 www
x TYPE65 \# 0
`,
      'db.example',
      { origin: 'example.org.' },
    )
    expect(zone.problems).toEqual([])
    expect(zone.records.map(({ name, ttlSeconds, type, line, data }) => [line, name, ttlSeconds, type, data])).toEqual([
      [
        2,
        'example.org.',
        5400,
        'SOA',
        {
          type: 'SOA',
          primary: 'ns1.example.org.',
          mailbox: 'hostmaster.example.org.',
          serial: 2_026_112_201,
          refresh: 86_400,
          retry: 7200,
          expire: 2_419_200,
          minimum: 300,
        },
      ],
      [4, 'example.org.', 5400, 'NS', { type: 'NS', target: 'ns1.example.org.' }],
      [5, 'ns1.example.org.', 300, 'A', { type: 'A', address: '192.0.2.1' }],
      [6, 'ns1.example.org.', 300, 'AAAA', { type: 'AAAA', address: '2001:db8::1' }],
      [7, 'www.example.org.', 5400, 'CNAME', { type: 'CNAME', target: 'ns1.example.org.' }],
      [8, 'example.org.', 5400, 'MX', { type: 'MX', preference: 10, exchange: 'mail.example.org.' }],
      [9, 'txt.example.org.', 5400, 'TXT', { type: 'TXT', strings: ['a "b"; é', 'second'] }],
      [
        11,
        '_http._tcp.sub.example.org.',
        5400,
        'SRV',
        { type: 'SRV', priority: 1, weight: 2, port: 80, target: 'www.sub.example.org.' },
      ],
      [12, 'x.sub.example.org.', 5400, 'TYPE65', { type: 'other', name: 'TYPE65' }],
    ])
  })

  test.each([
    ['www A 300.1.1.1', 'db:1:7 "300.1.1.1"'],
    ['www BOGUS x', 'db:1:5 "BOGUS"'],
    ['www MX 10', 'db:1:5 MX with 1 words behind it'],
    ['www TXT "a', 'db:1:9 a quote " that is not closed'],
    ['www A 1.2.3.4 5', 'db:1:15 "5"'],
    ['a..b A 1.2.3.4', 'db:1:1 "a..b"'],
    ['www SOA ( a', 'db:1:9 ( that is not closed'],
  ])('the record %j is told at its place', (line, problem) => {
    expect(told(parseZone(`${line}\n`, 'db', { origin: 'x.' }).problems)).toContain(problem)
  })
})
