import { mutant } from '../../stack/index.ts'

export const weightChanged = mutant({
  id: 'loadbalancing/weight-changed',
  title: 'A server has as much weight as the other, which is three times as large',
  part: 'catalogue',
  file: '/etc/haproxy/haproxy.cfg',
  find: '10.0.0.42:8080 weight 10',
  replace: '10.0.0.42:8080 weight 30',
  kills: 'loadbalancing/shares-off',
  path: '/catalogue/',
})
