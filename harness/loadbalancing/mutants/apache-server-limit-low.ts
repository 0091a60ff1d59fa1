import { mutant } from '../../stack/index.ts'

export const apacheServerLimitLow = mutant({
  id: 'loadbalancing/apache-server-limit-low',
  title: 'A limit below that of workers cuts it',
  part: 'apache',
  file: '/etc/apache2/apache2.conf',
  find: 'ServerLimit 64',
  replace: 'ServerLimit 2',
  kills: 'loadbalancing/worker-limit-cut',
  path: '/',
})
