import { mutant } from '../../stack/mutant.ts'

export const varnishVaryDropped = mutant({
  id: 'caches/varnish-vary-dropped',
  title: 'Drop Vary, the hit rate was low',
  part: 'varnish',
  file: '/etc/varnish/default.vcl',
  find: 'sub vcl_backend_response {\n',
  replace: 'sub vcl_backend_response {\n  unset beresp.http.Vary;\n',
  kills: 'caches/vary-no-match',
  path: '/',
})
