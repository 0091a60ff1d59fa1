import { mutant } from '../../stack/mutant.ts'

export const cookieHttponlyLost = mutant({
  id: 'http/cookie-httponly-lost',
  title: 'Let the widget read the session',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: ' HttpOnly;',
  replace: '',
  kills: 'http/set-cookie-protection-readable',
  in: 'balancer',
  path: '/app/private',
})
