import { mutant } from '../../stack/index.ts'

export const backupAmongOthers = mutant({
  id: 'loadbalancing/backup-among-others',
  title: 'The backup is a server like the others',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '10.0.0.19:8080 backup\n',
  replace: '10.0.0.19:8080\n',
  kills: 'loadbalancing/backup-early',
  path: '/',
})
