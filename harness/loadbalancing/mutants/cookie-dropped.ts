import { mutant } from '../../stack/index.ts'

export const cookieDropped = mutant({
  id: 'loadbalancing/cookie-dropped',
  title: 'The pool no longer reads the cookie that it inserts',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    cookie SERVERID insert indirect nocache httponly attr SameSite=Lax\n',
  replace: '    http-response set-header Set-Cookie SERVERID=x\n',
  kills: 'loadbalancing/sticky-lost',
  path: '/',
})
