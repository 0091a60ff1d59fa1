import { mutant } from '../../stack/index.ts'

export const apacheWorkersFewer = mutant({
  id: 'loadbalancing/apache-workers-fewer',
  title: 'Half as many workers as are expected',
  part: 'apache',
  file: '/etc/apache2/apache2.conf',
  find: 'MaxRequestWorkers 32',
  replace: 'MaxRequestWorkers 16',
  kills: 'loadbalancing/worker-limit-low',
  path: '/',
})
