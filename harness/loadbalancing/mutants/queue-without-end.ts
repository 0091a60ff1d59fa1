import { mutant } from '../../stack/index.ts'

export const queueWithoutEnd = mutant({
  id: 'loadbalancing/queue-without-end',
  title: 'Visitors wait in the queue as long as for a connection',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    timeout queue 1s\n',
  replace: '',
  kills: 'loadbalancing/queue-bounded-endless',
  path: '/',
})
