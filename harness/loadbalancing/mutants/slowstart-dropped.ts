import { mutant } from '../../stack/index.ts'

export const slowstartDropped = mutant({
  id: 'loadbalancing/slowstart-dropped',
  title: 'A server that comes back gets its share at once',
  part: 'catalogue',
  file: '/etc/haproxy/haproxy.cfg',
  find: ' rise 2 slowstart 2s\n',
  replace: ' rise 2\n',
  kills: 'loadbalancing/gentle-return-sudden',
  path: '/catalogue/',
})
