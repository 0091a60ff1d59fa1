import { mutant } from '../../stack/index.ts'

export const backupDisabled = mutant({
  id: 'loadbalancing/backup-disabled',
  title: 'The backup was taken out for maintenance, and stayed out',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '10.0.0.19:8080 backup\n',
  replace: '10.0.0.19:8080 backup disabled\n',
  kills: 'loadbalancing/backup-absent',
  path: '/',
})
