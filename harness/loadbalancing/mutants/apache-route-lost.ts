import { mutant } from '../../stack/index.ts'

export const apacheRouteLost = mutant({
  id: 'loadbalancing/apache-route-lost',
  title: 'One server has no name that a cookie could hold',
  part: 'apache',
  file: '/etc/apache2/apache2.conf',
  find: ' route=b',
  replace: '',
  kills: 'loadbalancing/sticky-unset',
  path: '/',
})
