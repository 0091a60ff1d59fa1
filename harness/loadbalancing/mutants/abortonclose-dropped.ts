import { mutant } from '../../stack/index.ts'

export const abortoncloseDropped = mutant({
  id: 'loadbalancing/abortonclose-dropped',
  title: 'Nobody looks whether visitors in the queue are still there',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    option abortonclose\n',
  replace: '',
  kills: 'loadbalancing/leavers-served',
  path: '/',
})
