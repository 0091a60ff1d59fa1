import { mutant } from '../../stack/index.ts'

export const halfCloseTakenForLeaving = mutant({
  id: 'loadbalancing/half-close-taken-for-leaving',
  title: 'A client that closes its sending side is taken for one that left',
  part: 'hashed',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    no option abortonclose\n',
  replace: '',
  kills: 'loadbalancing/half-closed-refused',
  path: '/tiles/',
})
