import { mutant } from '../../stack/index.ts'

export const apachePrefork = mutant({
  id: 'loadbalancing/apache-prefork',
  title: 'A process works for one connection until it is closed',
  part: 'apache',
  file: '/etc/apache2/apache2.conf',
  find: 'LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so',
  replace: 'LoadModule mpm_prefork_module /usr/lib/apache2/modules/mod_mpm_prefork.so',
  kills: 'loadbalancing/idle-visitors-lock-out',
  path: '/',
})
