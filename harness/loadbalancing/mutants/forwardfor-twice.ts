import { mutant } from '../../stack/index.ts'

export const forwardforTwice = mutant({
  id: 'loadbalancing/forwardfor-twice',
  title: 'A second line adds the address too',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    option forwardfor\n',
  replace: '    option forwardfor\n    http-request add-header X-Forwarded-For %[src]\n',
  kills: 'loadbalancing/client-address-forged-doubled',
  path: '/',
})
