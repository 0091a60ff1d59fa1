import { mutant } from '../../stack/mutant.ts'

export const varnishLifetimeFixed = mutant({
  id: 'caches/varnish-lifetime-fixed',
  title: 'Cache everything for an hour',
  part: 'varnish',
  file: '/etc/varnish/default.vcl',
  find: 'sub vcl_backend_response {\n',
  replace: 'sub vcl_backend_response {\n  set beresp.ttl = 1h;\n',
  kills: 'caches/freshness-max-age-zero',
  path: '/',
})
