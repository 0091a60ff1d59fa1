import { mutant } from '../../stack/index.ts'

export const sourceAddressOwn = mutant({
  id: 'loadbalancing/source-address-own',
  title: 'The field is set to the address that was connected to',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    option forwardfor\n',
  replace: '    http-request set-header X-Forwarded-For %[dst]\n',
  kills: 'loadbalancing/client-address-wrong',
  path: '/',
})
