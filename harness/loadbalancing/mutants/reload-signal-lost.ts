import { mutant } from '../../stack/index.ts'

export const reloadSignalLost = mutant({
  id: 'loadbalancing/reload-signal-lost',
  title: 'The script that reloads sends a signal that says something else',
  part: 'app',
  file: '/usr/local/sbin/reload-balancer',
  find: 'kill -USR2 "$1"',
  replace: 'kill -0 "$1"',
  kills: 'loadbalancing/reload-nothing',
  path: '/',
})
