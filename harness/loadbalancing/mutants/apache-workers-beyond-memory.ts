import { mutant } from '../../stack/index.ts'

export const apacheWorkersBeyondMemory = mutant({
  id: 'loadbalancing/apache-workers-beyond-memory',
  title: 'More workers than there is memory for',
  part: 'apache',
  file: '/etc/apache2/apache2.conf',
  find: 'MaxRequestWorkers 32',
  replace: 'MaxRequestWorkers 512',
  kills: 'loadbalancing/worker-memory-over',
  path: '/',
})
