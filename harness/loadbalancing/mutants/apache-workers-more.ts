import { mutant } from '../../stack/index.ts'

export const apacheWorkersMore = mutant({
  id: 'loadbalancing/apache-workers-more',
  title: 'More workers than servers were reckoned with',
  part: 'apache',
  file: '/etc/apache2/apache2.conf',
  find: 'MaxRequestWorkers 32',
  replace: 'MaxRequestWorkers 64',
  kills: 'loadbalancing/worker-limit-high',
  path: '/',
})
