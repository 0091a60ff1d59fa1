import { describe, expect, test } from 'vitest'
import { apache } from './apache.ts'
import type { Setup } from './kind.ts'

const { configFile } = apache
const said = (text: string, others: Readonly<Record<string, string>> = {}): Setup =>
  apache.read({ ...others, [configFile]: text })

const whole = `Listen 80
Listen 127.0.0.1:8081
<IfModule ssl_module>
  Listen 443
</IfModule>
IncludeOptional sites-enabled/*.conf
<VirtualHost *:80>
  <Proxy "balancer://App">
    BalancerMember "http://10.0.0.1:8080/shop" route=a
    BalancerMember http://app-2.internal status=+H
    BalancerMember unix:/run/app.sock|http://localhost/ route=c
  </Proxy>
  BalancerMember balancer://other ajp://10.0.0.4:8009
  ProxyPass /inside !
  ProxyPass /again/ http://127.0.0.1:8081/
  ProxyPass / balancer://App/
</VirtualHost>
`
const shop = `<VirtualHost *:80>
  <Proxy "http://10.0.0.7:8080/">
    ProxySet retry=1
  </Proxy>
  <Location /old/>
    ProxyPass http://10.0.0.7:8080/old/ timeout=5
  </Location>
  ProxyPassMatch "^/new/(.*)" "http://10.0.0.7:8080/$1"
</VirtualHost>
`
const files = { '/etc/apache2/sites-enabled/shop.conf': shop }

describe('listeners', () => {
  const ssl = 'LoadModule ssl_module modules/mod_ssl.so\n'
  const secure = '<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>\n'
  test.each<[title: string, text: string, listeners: (readonly [port: number, tls: boolean, loopback: boolean])[]]>([
    [
      'lines whose module is loaded',
      whole,
      [
        [80, false, false],
        [8081, false, true],
      ],
    ],
    ['with its module', `${ssl}<IfModule mod_ssl.c>\nListen 443 https\n</IfModule>\n`, [[443, true, false]]],
    ['a host that speaks TLS', `${ssl}Listen 443\n${secure}`, [[443, true, false]]],
    ['of hosts, where lines are in a file of the distribution', `Include ports.conf\n${secure}`, [[443, true, false]]],
    ['hosts that nobody listens for', `Listen 80\n${secure}`, [[80, false, false]]],
    ['without a module', '<IfModule !ssl_module>\nListen 80\n</IfModule>\n', [[80, false, false]]],
  ])('%s', (_title, text, listeners) => {
    expect(said(text).listeners.map(({ port, tls, loopback }) => [port, tls, loopback])).toEqual(listeners)
  })
})

test('servers are the members of balancers, and addresses that requests are passed to, each a pool of one', () => {
  expect(said(whole, files).servers.map(({ id, pool, backup, line }) => [id, pool, backup, line])).toEqual([
    ['app/10.0.0.1:8080', 'app', false, 9],
    ['app/app-2.internal', 'app', true, 10],
    ['app/localhost', 'app', false, 11],
    ['other/10.0.0.4:8009', 'other', false, 13],
    ['10.0.0.7:8080/10.0.0.7:8080', '10.0.0.7:8080', false, 6],
  ])
})

test('the adapted text of every file differs in the addresses of servers, and in no other character', () => {
  const setup = said(whole, files)
  const ports = new Map(setup.servers.map(({ id }, at) => [id, 4001 + at]))
  const adapted = setup.adapted(({ id }) => ({ host: '172.18.0.2', port: ports.get(id) ?? 0 }))
  expect(adapted).toEqual({
    '/etc/apache2/sites-enabled/shop.conf': shop.replaceAll('10.0.0.7:8080', '172.18.0.2:4005'),
    [configFile]: whole
      .replace('10.0.0.1:8080', '172.18.0.2:4001')
      .replace('app-2.internal', '172.18.0.2:4002')
      .replace('unix:/run/app.sock|http://localhost/', 'http://172.18.0.2:4003/')
      .replace('10.0.0.4:8009', '172.18.0.2:4004'),
  })
})

test.each<[title: string, text: string, endless: (readonly [name: string, line: number])[]]>([
  ['all are said', 'RequestReadTimeout header=20-40,MinRate=500 body=0\n', []],
  ['the head may take for ever', 'RequestReadTimeout header=0 body=20\n', [['RequestReadTimeout header', 1]]],
  ['a module that is not there', '<IfModule reqtimeout_module>\nRequestReadTimeout header=0\n</IfModule>\n', []],
  ['a free place is waited for', 'ProxyPass / http://10.0.0.1:8080/ max=8\n', [['acquire', 1]]],
  ['not for ever', 'ProxyPass / http://10.0.0.1:8080/ max=8 acquire=1000\n', []],
])('waits without an end: %s', (_title, text, endless) => {
  expect(said(text).endless.map(({ name, line }) => [name, line])).toEqual(endless)
})

test.each<[title: string, text: string, pages: (readonly [path: string, port: number | undefined])[]]>([
  ['none', '<Location /server-status>\nSetHandler none\n</Location>\n', []],
  ['for all hosts', '<Location "/inside">\nSetHandler server-status\n</Location>\n', [['/inside', undefined]]],
  [
    'for the ports of one',
    '<VirtualHost *:80 *:8080>\n<Location /b>\nSetHandler "balancer-manager"\n</Location>\n</VirtualHost>\n',
    [
      ['/b', 80],
      ['/b', 8080],
    ],
  ],
])('statistics: %s', (_title, text, pages) => {
  expect(said(text).statistics.map(({ path, port }) => [path, port])).toEqual(pages)
})

test('certificates count from ServerRoot', () => {
  const text = 'ServerRoot /srv/web\nSSLCertificateFile tls/www.pem\nSSLCertificateKeyFile "/etc/tls/www.key"\n'
  expect(said(text).certificates).toEqual(['/srv/web/tls/www.pem', '/etc/tls/www.key'])
})

test.each<[title: string, text: string, count: number]>([
  ['event, nothing said', '', 16],
  ['event', 'ThreadsPerChild 8\nMaxRequestWorkers 32\n', 4],
  ['event, cut', 'ServerLimit 2\nThreadsPerChild 8\nMaxRequestWorkers 32\n', 2],
  ['prefork', 'LoadModule mpm_prefork_module m/mod_mpm_prefork.so\nMaxRequestWorkers 32\n', 32],
  ['prefork, by the old name, cut', 'LoadModule mpm_prefork_module m/mod_mpm_prefork.so\nMaxClients 300\n', 256],
  [
    'settings of another',
    '<IfModule mpm_prefork_module>\nMaxRequestWorkers 8\n</IfModule>\n<IfModule event.c>\nMaxRequestWorkers 50\n</IfModule>\n',
    2,
  ],
])('worker processes: %s', (_title, text, count) => {
  expect(said(text).processes?.count).toBe(count)
})

test.each([
  ['Syntax OK', []],
  ["AH00558: apache2: Could not reliably determine the server's fully qualified domain name", []],
  [
    'AH00515: WARNING: MaxRequestWorkers of 32 would require 4 servers and would exceed ServerLimit of 2, decreasing to 16.',
    [
      'AH00515: WARNING: MaxRequestWorkers of 32 would require 4 servers and would exceed ServerLimit of 2, decreasing to 16.',
    ],
  ],
  [
    "AH00526: Syntax error on line 12 of /etc/apache2/apache2.conf:\nInvalid command 'Bogus', perhaps misspelled",
    ["AH00526: Syntax error on line 12 of /etc/apache2/apache2.conf: Invalid command 'Bogus', perhaps misspelled"],
  ],
])('of what it says, %j holds the complaints %j', (text, complaints) => {
  expect(apache.complaints(text)).toEqual(complaints)
})
