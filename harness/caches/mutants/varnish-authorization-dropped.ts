import { mutant } from '../../stack/mutant.ts'

export const varnishAuthorizationDropped = mutant({
  id: 'caches/varnish-authorization-dropped',
  title: 'Keep credentials from the application',
  part: 'varnish',
  file: '/etc/varnish/default.vcl',
  find: 'sub vcl_recv {\n',
  replace: 'sub vcl_recv {\n  unset req.http.Authorization;\n',
  kills: 'caches/authorization-passed-on',
  path: '/',
})
