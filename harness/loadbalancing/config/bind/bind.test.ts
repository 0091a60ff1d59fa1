import { describe, expect, test } from 'vitest'
import { bindZones, parseBind, parseZone } from '../index.ts'
import { told } from '../testing/told.ts'

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
