import { mutant } from '../../stack/index.ts'

export const apacheStatusOpen = mutant({
  id: 'loadbalancing/apache-status-open',
  title: 'The page about its workers is shown to everybody',
  part: 'apache',
  file: '/etc/apache2/apache2.conf',
  find: '        Require local\n',
  replace: '        Require all granted\n',
  kills: 'loadbalancing/statistics-public-shown',
  path: '/',
})
