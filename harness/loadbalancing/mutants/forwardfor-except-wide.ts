import { mutant } from '../../stack/index.ts'

export const forwardforExceptWide = mutant({
  id: 'loadbalancing/forwardfor-except-wide',
  title: 'Clients of all networks count as proxies of our own',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    option forwardfor\n',
  replace: '    option forwardfor except 0.0.0.0/0\n',
  kills: 'loadbalancing/client-address-missing',
  path: '/',
})
