import { mutant } from '../../stack/mutant.ts'

export const httpsRedirectTemporary = mutant({
  id: 'http/https-redirect-temporary',
  title: 'Redirect to https with 302 until we are sure',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'http-request return status 301',
  replace: 'http-request return status 302',
  kills: 'http/redirect-to-https-temporary',
  in: 'balancer',
  port: 8080,
  path: '/page',
})
