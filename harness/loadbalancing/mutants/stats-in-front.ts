import { mutant } from '../../stack/index.ts'

export const statsInFront = mutant({
  id: 'loadbalancing/stats-in-front',
  title: 'Statistics are switched on for visitors',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'frontend web\n',
  replace: 'frontend web\n    stats enable\n',
  kills: 'loadbalancing/statistics-public-shown',
  path: '/',
})
