import { mutant } from '../../stack/mutant.ts'

export const varnishQueryStripped = mutant({
  id: 'caches/varnish-query-stripped',
  title: 'Strip campaign parameters',
  part: 'varnish',
  file: '/etc/varnish/default.vcl',
  find: 'sub vcl_recv {\n',
  replace: 'sub vcl_recv {\n  set req.url = regsub(req.url, "\\?.*$", "");\n',
  kills: 'caches/keys-query',
  path: '/',
})
