import { mutant } from '../../stack/mutant.ts'

export const cookieSecureLost = mutant({
  id: 'http/cookie-secure-lost',
  title: 'Allow the session over plain http, for the test system',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: 'Path=/; Secure;',
  replace: 'Path=/;',
  kills: 'http/set-cookie-protection-insecure',
  in: 'balancer',
  path: '/app/private',
})
