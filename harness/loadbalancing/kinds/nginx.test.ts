import { expect, test } from 'vitest'
import type { Setup } from './kind.ts'
import { nginx } from './nginx.ts'

const { configFile } = nginx
const said = (text: string, others: Readonly<Record<string, string>> = {}): Setup =>
  nginx.read({ ...others, [configFile]: text })
const http = (text: string): string => `http {\n${text}\n}\n`

const whole = `worker_processes 4;
http {
  include conf.d/*.conf;
  upstream app {
    server 10.0.0.1:8080 weight=3;   # the large one
    server "app-2.internal" backup;
    server unix:/run/app.sock;
    server 10.0.0.1:8080;
  }
  server {
    listen 80 default_server;
    listen [::]:80;
    listen 443 ssl;
    listen 127.0.0.1:8081;
    ssl_certificate tls/www.pem;
    ssl_certificate_key /etc/tls/www.key;
    location / { proxy_pass http://app; }
    location /again/ { proxy_pass http://127.0.0.1:8081/; }
    location /moving/ { proxy_pass http://$backend; }
  }
}
stream {
  server { listen 5353 udp; proxy_pass 10.0.0.9:53; }
  server { listen 25; proxy_pass mail.internal:25; }
}
`
const shop = `server {
  listen 80;
  server_name shop.example.org;
  location /old/ { proxy_pass "http://10.0.0.7:8080/$1"; }
  location /new/ { proxy_pass https://10.0.0.7:8080; }
}
`
const files = { '/etc/nginx/conf.d/shop.conf': shop }

test('listeners are told once for all servers that share them', () => {
  expect(said(whole, files).listeners.map(({ port, tls, http: h, loopback }) => [port, tls, h, loopback])).toEqual([
    [80, false, true, false],
    [443, true, true, false],
    [8081, false, true, true],
    [25, false, false, false],
  ])
})

test.each<[title: string, text: string, ports: readonly number[]]>([
  ['a range', http('server { listen 8000-8002; }'), [8000, 8001, 8002]],
  ['nothing said', http('server { server_name a; }'), [80]],
  ['an address alone', http('server { listen 10.0.0.1; }'), [80]],
  ['a socket', http('server { listen unix:/run/web.sock; }'), []],
  ['HTTP/3 beside HTTP/2', http('server { listen 443 ssl; listen 443 quic; }'), [443]],
])('listeners: %s', (_title, text, ports) => {
  expect(said(text).listeners.map(({ port }) => port)).toEqual(ports)
})

test('servers are those of upstreams, and addresses that requests are passed to, each a pool of one', () => {
  expect(said(whole, files).servers.map(({ id, pool, backup, line }) => [id, pool, backup, line])).toEqual([
    ['app/10.0.0.1:8080', 'app', false, 5],
    ['app/app-2.internal', 'app', true, 6],
    ['app/app.sock', 'app', false, 7],
    ['app/10.0.0.1:8080#2', 'app', false, 8],
    ['10.0.0.7:8080/10.0.0.7:8080', '10.0.0.7:8080', false, 4],
    ['10.0.0.9:53/10.0.0.9:53', '10.0.0.9:53', false, 23],
    ['mail.internal:25/mail.internal:25', 'mail.internal:25', false, 24],
  ])
})

test('the adapted text of every file differs in the addresses of servers, and in no other character', () => {
  const setup = said(whole, files)
  const ports = new Map(setup.servers.map(({ id }, at) => [id, 4001 + at]))
  const adapted = setup.adapted(({ id }) => ({ host: '172.18.0.2', port: ports.get(id) ?? 0 }))
  expect(adapted).toEqual({
    '/etc/nginx/conf.d/shop.conf': shop.replaceAll('10.0.0.7:8080', '172.18.0.2:4005'),
    [configFile]: whole
      .replace('10.0.0.1:8080 weight', '172.18.0.2:4001 weight')
      .replace('"app-2.internal"', '172.18.0.2:4002')
      .replace('unix:/run/app.sock', '172.18.0.2:4003')
      .replace('10.0.0.1:8080;', '172.18.0.2:4004;')
      .replace('10.0.0.9:53', '172.18.0.2:4006')
      .replace('mail.internal:25', '172.18.0.2:4007'),
  })
})

test.each<[title: string, text: string, pages: (readonly [path: string, port: number | undefined])[]]>([
  ['none', http('server { listen 80; location /stub_status { return 204; } }'), []],
  [
    'at each port of its server',
    http('server { listen 80; listen 8080; location = /inside { stub_status; } }\nserver { listen 81; }'),
    [
      ['/inside', 80],
      ['/inside', 8080],
    ],
  ],
  ['for a whole server', http('server { stub_status; }'), [['/', 80]]],
  ['at a pattern, which names no path', http(String.raw`server { location ~ ^/s\d { stub_status; } }`), []],
])('statistics: %s', (_title, text, pages) => {
  expect(said(text).statistics.map(({ path, port }) => [path, port])).toEqual(pages)
})

test('certificates count from the folder of the configuration', () => {
  expect(said(whole, files).certificates).toEqual(['/etc/nginx/tls/www.pem', '/etc/tls/www.key'])
})

test.each<[text: string, count: number | undefined]>([
  ['worker_processes 4;', 4],
  ['worker_processes auto;', undefined],
  ['', 1],
])('worker processes: %s', (text, count) => {
  expect(said(text).processes?.count).toBe(count)
})

test.each([
  ['nginx: the configuration file /etc/nginx/nginx.conf syntax is ok', []],
  [
    '2026/11/22 08:21:29 [warn] 8#8: conflicting server name "a" on 0.0.0.0:80, ignored',
    ['[warn] conflicting server name "a" on 0.0.0.0:80, ignored'],
  ],
  [
    'nginx: [emerg] unknown directive "prox_pass" in /etc/nginx/nginx.conf:4\nnginx: configuration file test failed',
    ['[emerg] unknown directive "prox_pass" in /etc/nginx/nginx.conf:4'],
  ],
])('of what it says, %j holds the complaints %j', (text, complaints) => {
  expect(nginx.complaints(text)).toEqual(complaints)
})
