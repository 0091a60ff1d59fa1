import { mutant } from '../../stack/mutant.ts'

export const varnishSetCookieDropped = mutant({
  id: 'caches/varnish-set-cookie-dropped',
  title: 'Drop cookies so that pages can be cached',
  part: 'varnish',
  file: '/etc/varnish/default.vcl',
  find: 'sub vcl_backend_response {\n',
  replace: 'sub vcl_backend_response {\n  unset beresp.http.Set-Cookie;\n',
  kills: 'caches/cookies-set-cookie-two',
  path: '/',
})
