import { mutant } from '../../stack/mutant.ts'

export const varnishKeepShort = mutant({
  id: 'caches/varnish-keep-short',
  title: 'Save memory: keep nothing that is stale',
  part: 'varnish',
  file: '/etc/varnish/default.vcl',
  find: 'set beresp.keep = 1m;',
  replace: 'set beresp.keep = 0s;',
  kills: 'caches/validation-etag',
  path: '/',
})
