import { mutant } from '../../stack/index.ts'

export const indirectDropped = mutant({
  id: 'loadbalancing/indirect-dropped',
  title: 'The cookie of the balancer is passed on',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'insert indirect nocache',
  replace: 'insert nocache',
  kills: 'loadbalancing/cookie-passed-on-seen',
  path: '/',
})
