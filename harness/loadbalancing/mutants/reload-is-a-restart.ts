import { mutant } from '../../stack/index.ts'

export const reloadIsARestart = mutant({
  id: 'loadbalancing/reload-is-a-restart',
  title: 'The script that reloads ends the balancer, and lets it be started again',
  part: 'app',
  file: '/usr/local/sbin/reload-balancer',
  find: 'kill -USR2 "$1"',
  replace: 'supervise restart',
  kills: 'loadbalancing/reload-lost',
  path: '/',
})
