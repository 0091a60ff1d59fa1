import { mutant } from '../../stack/index.ts'

export const frontendMaxconnTwo = mutant({
  id: 'loadbalancing/frontend-maxconn-two',
  title: 'The frontend takes two connections',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    maxconn 1500\n',
  replace: '    maxconn 2\n',
  kills: 'loadbalancing/queue-at-load-full',
  path: '/',
})
