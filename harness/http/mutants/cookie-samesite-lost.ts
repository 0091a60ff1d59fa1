import { mutant } from '../../stack/mutant.ts'

export const cookieSamesiteLost = mutant({
  id: 'http/cookie-samesite-lost',
  title: 'Drop SameSite, the partner frames us',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: '; SameSite=Lax',
  replace: '',
  kills: 'http/set-cookie-protection-cross-site',
  in: 'balancer',
  path: '/app/private',
})
