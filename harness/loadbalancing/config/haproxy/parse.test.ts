import { expect, test } from 'vitest'
import {
  acls,
  balance,
  binds,
  choices,
  cookie,
  count,
  effective,
  option,
  parameter,
  parseHaproxy,
  servers,
  timeout,
} from './index.ts'

/** As people have it: TLS at the edge, two pools, a named and an unnamed defaults section, the statistics on a port of their own. */
const shop = `# edge of the shop
global
  log /dev/log local0
  maxconn 4000
  stats socket /run/haproxy/admin.sock mode 660 level admin

defaults
  mode http
  option httplog
  option forwardfor except 127.0.0.0/8
  timeout connect 5s
  timeout client  1m
  timeout server  50000
  timeout queue 500ms
  balance roundrobin

frontend www
  bind :80,:::80 v4v6
  bind "*:443" ssl crt "/etc/haproxy/my certs/" alpn h2,http/1.1 name "the public door"
  acl is_static path_beg -i /static/ /img/ # what never changes
  acl is_blog hdr(host) -m beg -- blog.
  use_backend static if is_static !is_blog
  use_backend %[req.hdr(host),lower] unless is_blog
  default_backend app

backend app
  balance leastconn
  no option forwardfor
  cookie SERVERID insert indirect nocache httponly maxidle 30m domain .shop.test
  option httpchk GET /health
  default-server inter 2s fall 3
  server app1 10.0.0.1:8080 check weight 10 cookie a maxconn 200 slowstart 30s
  server app2 "app2.internal:\${APP_PORT}" check backup
  server-template node 1-4 _http._tcp.shop.test resolvers dns check

defaults tcp
  mode tcp
  timeout connect 1s

listen db from tcp
  bind 127.0.0.1:5432-5434
  server one [2001:db8::1]:5432 check
  server two unix@/run/db.sock send-proxy

listen stats
  bind fd@\${STATS}
  stats enable
`

const config = parseHaproxy(shop, 'haproxy.cfg')
const section = (kind: string, name?: string) => {
  const found = config.sections.find((each) => each.kind === kind && each.name?.text === name)
  if (found === undefined) throw new Error(`no ${kind} ${name}`)
  return found
}

test('a configuration as people have it has no problem, and its sections in their order', () => {
  expect(config.problems).toEqual([])
  expect(config.sections.map(({ kind, name, from }) => [kind, name?.text, from?.text])).toEqual([
    ['global', undefined, undefined],
    ['defaults', undefined, undefined],
    ['frontend', 'www', undefined],
    ['backend', 'app', undefined],
    ['defaults', 'tcp', undefined],
    ['listen', 'db', 'tcp'],
    ['listen', 'stats', undefined],
  ])
})

test('a server has its name, its address and its keywords with their values', () => {
  const found = servers(section('backend', 'app'))
  expect(
    found.map(({ name, address, directive }) => [
      name.text,
      address.family,
      address.host,
      address.port,
      directive.line,
    ]),
  ).toEqual([
    ['app1', 'ip4', '10.0.0.1', 8080, 32],
    ['app2', 'name', 'app2.internal', undefined, 33],
    ['node', 'name', '_http._tcp.shop.test', undefined, 34],
  ])
  const [first, second, third] = found
  if (first === undefined || second === undefined || third === undefined) throw new Error('three servers')
  expect(first.parameters.map(({ name, values }) => [name.text, ...values.map(({ text }) => text)])).toEqual([
    ['check'],
    ['weight', '10'],
    ['cookie', 'a'],
    ['maxconn', '200'],
    ['slowstart', '30s'],
  ])
  expect([parameter(second.parameters, 'backup')?.text, parameter(first.parameters, 'backup')]).toEqual([
    'backup',
    undefined,
  ])
  expect([second.address.portText, second.at.expands, third.numbers]).toEqual([
    '${APP_PORT}',
    true,
    { first: 1, last: 4 },
  ])
  expect(servers(section('listen', 'db')).map(({ address: { family, host, port } }) => [family, host, port])).toEqual([
    ['ip6', '2001:db8::1', 5432],
    ['unix', '/run/db.sock', undefined],
  ])
})

test('a bind line has each of its addresses, and parameters with blanks inside', () => {
  const [plain, secure] = binds(section('frontend', 'www'))
  expect(plain?.addresses.map(({ family, host, port }) => [family, host, port])).toEqual([
    ['any', '', 80],
    ['any', '::', 80],
  ])
  expect(secure?.parameters.map(({ name, values }) => [name.text, ...values.map(({ text }) => text)])).toEqual([
    ['ssl'],
    ['crt', '/etc/haproxy/my certs/'],
    ['alpn', 'h2,http/1.1'],
    ['name', 'the public door'],
  ])
  expect(shop.slice(secure?.at.start, secure?.at.end)).toBe('"*:443"')
  expect(binds(section('listen', 'db'))[0]?.addresses[0]).toMatchObject({ port: 5432, lastPort: 5434 })
})

test('a setting is that of the section, else that of the defaults in force, with the line where it was said', () => {
  const app = section('backend', 'app')
  const line = (word: string) => effective(config, app, word)?.directive.line
  expect([line('mode'), line('balance'), line('hash-type')]).toEqual([8, 27, undefined])
  expect(timeout(config, app, 'connect')).toMatchObject({ milliseconds: 5000, setting: { directive: { line: 11 } } })
  expect(['client', 'server', 'queue', 'tunnel'].map((name) => timeout(config, app, name)?.milliseconds)).toEqual([
    60_000,
    50_000,
    500,
    undefined,
  ])
  expect(timeout(config, section('listen', 'db'), 'connect')?.milliseconds).toBe(1000)
  expect(timeout(config, section('listen', 'db'), 'client')).toBeUndefined()
  expect(timeout(config, section('listen', 'stats'), 'connect')?.milliseconds).toBe(1000)
  expect(option(config, app, 'forwardfor')).toBeUndefined()
  expect(option(config, section('frontend', 'www'), 'forwardfor')?.values.map(({ text }) => text)).toEqual([
    'except',
    '127.0.0.0/8',
  ])
  expect(balance(config, app)?.algorithm.text).toBe('leastconn')
  expect(count(config, section('global'), 'maxconn')?.value).toBe(4000)
})

test('the cookie line is told apart: mode, flags, and what has a value', () => {
  const found = cookie(config, section('backend', 'app'))
  expect([found?.name.text, found?.mode, found?.flags]).toEqual([
    'SERVERID',
    'insert',
    ['indirect', 'nocache', 'httponly'],
  ])
  expect(found?.values.map(({ name, value }) => [name, value.text])).toEqual([
    ['maxidle', '30m'],
    ['domain', '.shop.test'],
  ])
})

test('conditions and choices of a frontend', () => {
  const www = section('frontend', 'www')
  expect(
    acls(www).map(({ name, criterion, flags, patterns }) => [
      name.text,
      criterion.text,
      flags.map(({ text }) => text),
      patterns.map(({ text }) => text),
    ]),
  ).toEqual([
    ['is_static', 'path_beg', ['-i'], ['/static/', '/img/']],
    ['is_blog', 'hdr(host)', ['-m', 'beg'], ['blog.']],
  ])
  const { rules, otherwise } = choices(www)
  expect(rules.map(({ backend, when }) => [backend.text, when?.kind, when?.words.map(({ text }) => text)])).toEqual([
    ['static', 'if', ['is_static', '!is_blog']],
    ['%[req.hdr(host),lower]', 'unless', ['is_blog']],
  ])
  expect(otherwise?.backend.text).toBe('app')
})
