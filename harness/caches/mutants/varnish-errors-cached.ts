import { mutant } from '../../stack/mutant.ts'

export const varnishErrorsCached = mutant({
  id: 'caches/varnish-errors-cached',
  title: 'Spare the application while it is in trouble',
  part: 'varnish',
  file: '/etc/varnish/default.vcl',
  find: 'sub vcl_backend_response {\n',
  replace: 'sub vcl_backend_response {\n  if (beresp.status >= 500) { set beresp.ttl = 1m; return (deliver); }\n',
  kills: 'caches/stale-error-not-stored',
  path: '/',
})
