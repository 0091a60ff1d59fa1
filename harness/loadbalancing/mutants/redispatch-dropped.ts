import { mutant } from '../../stack/index.ts'

export const redispatchDropped = mutant({
  id: 'loadbalancing/redispatch-dropped',
  title: 'Visitors stay at a server that is gone',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    option redispatch\n',
  replace: '',
  kills: 'loadbalancing/sticky-dead-server-felt',
  path: '/',
})
