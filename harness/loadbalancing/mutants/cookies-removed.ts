import { mutant } from '../../stack/index.ts'

export const cookiesRemoved = mutant({
  id: 'loadbalancing/cookies-removed',
  title: 'All cookies of a request are removed',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    option forwardfor\n',
  replace: '    option forwardfor\n    http-request del-header Cookie\n',
  kills: 'loadbalancing/cookie-passed-on-others-lost',
  path: '/',
})
