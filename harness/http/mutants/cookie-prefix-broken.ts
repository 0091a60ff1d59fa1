import { mutant } from '../../stack/mutant.ts'

export const cookiePrefixBroken = mutant({
  id: 'http/cookie-prefix-broken',
  title: 'Limit the session cookie to the application',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: 'Path=/; Secure',
  replace: 'Path=/app; Secure',
  kills: 'http/set-cookie-prefix-path',
  in: 'balancer',
  path: '/app/private',
})
