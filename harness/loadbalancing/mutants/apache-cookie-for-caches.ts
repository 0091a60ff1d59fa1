import { mutant } from '../../stack/index.ts'

export const apacheCookieForCaches = mutant({
  id: 'loadbalancing/apache-cookie-for-caches',
  title: 'The page that sets the cookie may be kept by shared caches',
  part: 'apache',
  file: '/etc/apache2/apache2.conf',
  find: '    Header always merge Cache-Control "private" env=BALANCER_ROUTE_CHANGED\n',
  replace: '',
  kills: 'loadbalancing/cookie-cacheable-shared',
  path: '/',
})
