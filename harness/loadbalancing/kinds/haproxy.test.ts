import { describe, expect, test } from 'vitest'
import { haproxy } from './haproxy.ts'
import type { Setup } from './kind.ts'

const { configFile } = haproxy
const said = (text: string, others: Readonly<Record<string, string>> = {}): Setup =>
  haproxy.read({ ...others, [configFile]: text })

const whole = `global
    crt-base /etc/ssl/own
    stats socket /run/haproxy.sock mode 600

defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s
    timeout http-request 3s

frontend web   # everybody
    bind :80,:8080
    bind *:443 ssl crt www.pem crt /etc/tls/shop.pem
    bind 127.0.0.1:9000
    default_backend app

backend app
    server a 10.0.0.1:80 check port 8081 addr 10.9.9.9
    server "b" app-2.internal:80	check   # the new one
    server old unix@/run/old.sock backup

backend again
    server twice 127.0.0.1:9000 send-proxy

listen mail
    mode tcp
    bind [::]:25
    server only 192.0.2.5
`

test('listeners are told with their ports, and what they speak', () => {
  expect(said(whole).listeners.map(({ port, tls, http, loopback, line }) => [port, tls, http, loopback, line])).toEqual(
    [
      [80, false, true, false, 13],
      [8080, false, true, false, 13],
      [443, true, true, false, 14],
      [9000, false, true, true, 15],
      [25, false, false, false, 28],
    ],
  )
})

test('servers are told by their pools; one that is a listener of the same file is none', () => {
  expect(said(whole).servers.map(({ id, pool, backup, line }) => [id, pool, backup, line])).toEqual([
    ['app/a', 'app', false, 19],
    ['app/b', 'app', false, 20],
    ['app/old', 'app', true, 21],
    ['mail/only', 'mail', false, 29],
  ])
})

test('the adapted text differs in the addresses of servers, and of their checks, and in no other character', () => {
  const other = { '/etc/haproxy/errors.http': 'HTTP/1.1 503 Gone\r\n\r\n' }
  const setup = said(whole, other)
  const ports = new Map(setup.servers.map(({ id }, at) => [id, 4001 + at]))
  const adapted = setup.adapted(({ id }) => ({ host: '172.18.0.2', port: ports.get(id) ?? 0 }))
  expect(adapted).toEqual({
    ...other,
    [configFile]: whole
      .replace('10.0.0.1:80 check port 8081 addr 10.9.9.9', '172.18.0.2:4001 check port 4001 addr 172.18.0.2')
      .replace('app-2.internal:80', '172.18.0.2:4002')
      .replace('unix@/run/old.sock', '172.18.0.2:4003')
      .replace('192.0.2.5', '172.18.0.2:4004'),
  })
})

describe('waits without an end', () => {
  const timeouts = ['connect 5s', 'client 30s', 'server 30s', 'queue 5s', 'http-request 3s']
  const config = (lines: readonly string[], mode = 'http'): string =>
    `defaults\n mode ${mode}\n${lines.map((line) => ` timeout ${line}\n`).join('')}frontend web\n bind :80\nbackend app\n server a 10.0.0.1:80\nbackend none\n`
  const without = (name: string): string[] => timeouts.filter((line) => !line.startsWith(`${name} `))

  test.each<[title: string, text: string, endless: (readonly [name: string, section: string])[]]>([
    ['all are said', config(timeouts), []],
    ['that of clients is missing', config(without('client')), [['timeout client', 'frontend web']]],
    ['that of servers is missing', config(without('server')), [['timeout server', 'backend app']]],
    ['that of the head is missing', config(without('http-request')), [['timeout http-request', 'frontend web']]],
    ['that of the head, where nothing is read', config(without('http-request'), 'tcp'), []],
    ['that of the queue, which then ends as connecting does', config(without('queue')), []],
    [
      'that of the queue and of connecting',
      config(['client 30s', 'server 30s', 'http-request 3s']),
      [
        ['timeout connect', 'backend app'],
        ['timeout queue', 'backend app'],
      ],
    ],
    ['one is said to have no end', config([...timeouts, 'client 0']), [['timeout client', 'frontend web']]],
    ['one is a variable', config([...without('client'), '"client" "${CLIENT}"']), []],
  ])('%s', (_title, text, endless) => {
    const lines = text.split('\n')
    expect(said(text).endless.map(({ name, line }) => [name, lines[line - 1]])).toEqual(endless)
  })
})

test.each<[title: string, text: string, pages: (readonly [path: string, port: number | undefined, line: number])[]]>([
  ['the socket is no page', 'global\n stats socket /run/a.sock\nfrontend web\n bind :80\n', []],
  ['switched on where it always is', 'frontend web\n bind :80\n stats enable\n', [['/haproxy?stats', 80, 3]]],
  ['a password switches it on', 'listen web\n bind :80\n stats auth a:b\n', [['/haproxy?stats', 80, 3]]],
  [
    'at a path of its own, at each port',
    'frontend web\n bind :80\n bind :81\n stats enable\n stats uri /s\n',
    [
      ['/s', 80, 5],
      ['/s', 81, 5],
    ],
  ],
  ['in a backend, wherever that is led to', 'backend s\n stats uri /s\n', [['/s', undefined, 2]]],
  ['for all that inherit it', 'defaults\n stats uri /s\nfrontend web\n bind :80\n', [['/s', 80, 2]]],
])('statistics: %s', (_title, text, pages) => {
  expect(said(text).statistics.map(({ path, port, line }) => [path, port, line])).toEqual(pages)
})

test.each<[title: string, text: string, files: readonly string[], certificates: readonly string[]]>([
  ['beside the base that is said for them', whole, [], ['/etc/ssl/own/www.pem', '/etc/tls/shop.pem']],
  ['a folder that is not given', 'frontend web\n bind :443 ssl crt /tls/\n', [], ['/tls/seatrial.pem']],
  ['a folder that is given', 'frontend web\n bind :443 ssl crt /tls\n', ['/tls/www.pem'], []],
])('certificates: %s', (_title, text, files, certificates) => {
  const others = Object.fromEntries(files.map((path) => [path, 'PEM']))
  expect(said(text, others).certificates).toEqual(certificates)
})

test('counters are read by name, and told apart by where they stand', () => {
  const row = (values: Readonly<Record<string, string | number>>): unknown =>
    Object.entries(values).map(([name, value]) => ({ field: { name }, value: { value } }))
  const rows = [
    row({ svname: 'FRONTEND', pxname: 'web', smax: 7, slim: 1500 }),
    row({ pxname: 'app', svname: 'a', qmax: 4, status: 'DOWN', chkdown: 2 }),
    row({ pxname: 'app', svname: 'b', qmax: 0, status: 'UP 1/2', chkdown: 1 }),
    row({ pxname: 'app', svname: 'BACKEND', qmax: 5, status: 'UP', chkdown: 9 }),
  ]
  expect(haproxy.counters?.read(JSON.stringify(rows))).toEqual({
    queued: { 'app/a': 4, 'app/b': 0, 'app/BACKEND': 5 },
    down: ['app/a'],
    outages: 3,
    listeners: [{ name: 'web', most: 7, limit: 1500 }],
  })
})

test.each([
  ['[NOTICE]   (8) : haproxy version is 2.6.12-1', []],
  ['[WARNING]  (8) : config : ignored', ['[WARNING]  (8) : config : ignored']],
  ['Configuration file is valid\n[ALERT] (1) : no', ['[ALERT] (1) : no']],
])('of what it says, %j holds the complaints %j', (text, complaints) => {
  expect(haproxy.complaints(text)).toEqual(complaints)
})
