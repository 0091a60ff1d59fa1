import { mutant } from '../../stack/index.ts'

export const leastconnInTurn = mutant({
  id: 'loadbalancing/leastconn-in-turn',
  title: 'Servers are asked in turn, whatever they have to do',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    balance leastconn\n',
  replace: '    balance roundrobin\n',
  kills: 'loadbalancing/slow-server-loaded',
  path: '/',
})
