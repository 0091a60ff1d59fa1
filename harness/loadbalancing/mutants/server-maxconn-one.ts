import { mutant } from '../../stack/index.ts'

export const serverMaxconnOne = mutant({
  id: 'loadbalancing/server-maxconn-one',
  title: 'Each server of the pool takes one request at a time',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'rise 2 maxconn 8\n',
  replace: 'rise 2 maxconn 1\n',
  kills: 'loadbalancing/queue-at-load-formed',
  path: '/',
})
