import { mutant } from '../../stack/mutant.ts'

export const errorPageCacheable = mutant({
  id: 'http/error-page-cacheable',
  title: 'Let the CDN keep answers for an hour',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'set-header Cache-Control no-store if',
  replace: 'set-header Cache-Control max-age=3600 if',
  kills: 'http/error-page-cacheable',
  in: 'balancer',
  path: '/page',
})
