import { mutant } from '../../stack/mutant.ts'

export const varnishHostIgnored = mutant({
  id: 'caches/varnish-host-ignored',
  title: 'Share the cache between our hosts',
  part: 'varnish',
  file: '/etc/varnish/default.vcl',
  find: 'sub vcl_recv {\n',
  replace: 'sub vcl_hash {\n  hash_data(req.url);\n  return (lookup);\n}\n\nsub vcl_recv {\n',
  kills: 'caches/keys-host',
  path: '/',
})
