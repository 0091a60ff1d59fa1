import { mutant } from '../../stack/index.ts'

export const apacheRouteTwice = mutant({
  id: 'loadbalancing/apache-route-twice',
  title: 'Two servers have the name that the cookie holds',
  part: 'apache',
  file: '/etc/apache2/apache2.conf',
  find: ' route=b',
  replace: ' route=a',
  kills: 'loadbalancing/sticky-lost',
  path: '/',
})
