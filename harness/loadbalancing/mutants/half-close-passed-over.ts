import { mutant } from '../../stack/index.ts'

export const halfClosePassedOver = mutant({
  id: 'loadbalancing/half-close-passed-over',
  title: 'A client that closes its sending side is taken for one that is there',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    option abortonclose\n',
  replace: '',
  kills: 'loadbalancing/half-closed-served',
  path: '/',
})
