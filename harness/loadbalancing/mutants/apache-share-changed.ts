import { mutant } from '../../stack/index.ts'

export const apacheShareChanged = mutant({
  id: 'loadbalancing/apache-share-changed',
  title: 'One server gets as much as the larger one',
  part: 'apache-catalogue',
  file: '/etc/apache2/apache2.conf',
  find: 'loadfactor=3',
  replace: 'loadfactor=1',
  kills: 'loadbalancing/shares-off',
  path: '/catalogue/',
})
