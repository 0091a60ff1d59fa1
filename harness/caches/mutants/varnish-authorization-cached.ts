import { mutant } from '../../stack/mutant.ts'

export const varnishAuthorizationCached = mutant({
  id: 'caches/varnish-authorization-cached',
  title: 'Look everything up in the cache',
  part: 'varnish',
  file: '/etc/varnish/default.vcl',
  find: '(req.method == "GET" || req.method == "HEAD") && req.http.Cookie && !req.http.Authorization',
  replace: 'req.method == "GET" || req.method == "HEAD"',
  kills: 'caches/authorization-max-age',
  path: '/',
})
