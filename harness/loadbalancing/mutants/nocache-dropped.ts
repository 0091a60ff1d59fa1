import { mutant } from '../../stack/index.ts'

export const nocacheDropped = mutant({
  id: 'loadbalancing/nocache-dropped',
  title: 'The cookie goes out with answers that anybody may keep',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'insert indirect nocache',
  replace: 'insert indirect',
  kills: 'loadbalancing/cookie-cacheable-shared',
  path: '/',
})
