import { mutant } from '../../stack/index.ts'

export const serverCloseSet = mutant({
  id: 'loadbalancing/server-close-set',
  title: 'Connections to servers are closed after each answer',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    option dontlognull\n',
  replace: '    option dontlognull\n    option http-server-close\n',
  kills: 'loadbalancing/connections-reused-scattered',
  path: '/',
})
