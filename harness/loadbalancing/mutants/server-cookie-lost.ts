import { mutant } from '../../stack/index.ts'

export const serverCookieLost = mutant({
  id: 'loadbalancing/server-cookie-lost',
  title: 'The new server line has no cookie value',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: ' cookie b weight 10',
  replace: ' weight 10',
  kills: 'loadbalancing/sticky-unset',
  path: '/',
})
