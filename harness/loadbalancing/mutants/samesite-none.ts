import { mutant } from '../../stack/index.ts'

export const samesiteNone = mutant({
  id: 'loadbalancing/samesite-none',
  title: 'The cookie is opened to other sites, without TLS',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'SameSite=Lax',
  replace: 'SameSite=None',
  kills: 'loadbalancing/cookie-flags-refused',
  path: '/',
})
