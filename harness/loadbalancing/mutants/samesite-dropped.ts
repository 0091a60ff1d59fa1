import { mutant } from '../../stack/index.ts'

export const samesiteDropped = mutant({
  id: 'loadbalancing/samesite-dropped',
  title: 'The cookie is sent from every other site',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: ' attr SameSite=Lax',
  replace: '',
  kills: 'loadbalancing/cookie-flags-missing',
  path: '/',
})
