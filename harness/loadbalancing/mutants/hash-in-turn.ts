import { mutant } from '../../stack/index.ts'

export const hashInTurn = mutant({
  id: 'loadbalancing/hash-in-turn',
  title: 'Tiles are asked of servers in turn',
  part: 'hashed',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    balance uri\n',
  replace: '    balance roundrobin\n',
  kills: 'loadbalancing/hash-stable-wavering',
  path: '/tiles/',
})
