import { mutant } from '../../stack/index.ts'

export const apacheCookieWithoutDot = mutant({
  id: 'loadbalancing/apache-cookie-without-dot',
  title: 'The cookie lacks the dot behind which the balancer looks for the server',
  part: 'apache',
  file: '/etc/apache2/apache2.conf',
  find: 'ROUTEID=.%',
  replace: 'ROUTEID=%',
  kills: 'loadbalancing/sticky-lost',
  path: '/',
})
