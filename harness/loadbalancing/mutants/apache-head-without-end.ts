import { mutant } from '../../stack/index.ts'

export const apacheHeadWithoutEnd = mutant({
  id: 'loadbalancing/apache-head-without-end',
  title: 'The head of a request may take for ever',
  part: 'apache',
  file: '/etc/apache2/apache2.conf',
  find: 'header=1-2,MinRate=500',
  replace: 'header=0',
  kills: 'loadbalancing/timeouts-slow-head',
  path: '/',
})
