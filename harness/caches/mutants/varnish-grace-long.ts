import { mutant } from '../../stack/mutant.ts'

export const varnishGraceLong = mutant({
  id: 'caches/varnish-grace-long',
  title: 'Serve stale pages for a day while they are fetched',
  part: 'varnish',
  file: '/etc/varnish/default.vcl',
  find: 'set beresp.grace = 0s;',
  replace: 'set beresp.grace = 24h;',
  kills: 'caches/freshness-max-age-stale',
  path: '/',
})
