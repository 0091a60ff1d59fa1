import { describe, expect, test } from 'vitest'
import {
  apacheListens,
  apacheProxyPasses,
  balancerMembers,
  keepAlive,
  parseApache,
  virtualHosts,
  workerSettings,
} from '../index.ts'

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
