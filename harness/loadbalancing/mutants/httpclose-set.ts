import { mutant } from '../../stack/index.ts'

export const httpcloseSet = mutant({
  id: 'loadbalancing/httpclose-set',
  title: 'An old remedy for lost addresses comes back',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    option dontlognull\n',
  replace: '    option dontlognull\n    option httpclose\n',
  kills: 'loadbalancing/connections-reused-closed',
  path: '/',
})
