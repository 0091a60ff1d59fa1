import { mutant } from '../../stack/index.ts'

export const nginxBackupAmongOthers = mutant({
  id: 'loadbalancing/nginx-backup-among-others',
  title: 'The backup is a server as all others',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '10.0.1.19:8080 backup ',
  replace: '10.0.1.19:8080 ',
  kills: 'loadbalancing/backup-early',
  path: '/',
})
