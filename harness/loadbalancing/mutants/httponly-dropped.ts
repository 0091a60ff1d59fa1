import { mutant } from '../../stack/index.ts'

export const httponlyDropped = mutant({
  id: 'loadbalancing/httponly-dropped',
  title: 'Scripts may read the cookie',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: ' httponly attr SameSite=Lax',
  replace: ' attr SameSite=Lax',
  kills: 'loadbalancing/cookie-flags-missing',
  path: '/',
})
