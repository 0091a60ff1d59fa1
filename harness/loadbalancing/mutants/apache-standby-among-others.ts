import { mutant } from '../../stack/index.ts'

export const apacheStandbyAmongOthers = mutant({
  id: 'loadbalancing/apache-standby-among-others',
  title: 'The server that stands by is one as all others',
  part: 'apache',
  file: '/etc/apache2/apache2.conf',
  find: ' status=+H',
  replace: '',
  kills: 'loadbalancing/backup-early',
  path: '/',
})
