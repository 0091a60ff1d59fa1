import { describe, expect, test } from 'vitest'
import { inForce, listens, nginxTime, nginxTimeout, parseNginx, proxyPasses, upstreams } from '../index.ts'
import { told } from '../testing/told.ts'

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
