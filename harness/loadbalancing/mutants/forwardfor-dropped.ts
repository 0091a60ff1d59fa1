import { mutant } from '../../stack/index.ts'

export const forwardforDropped = mutant({
  id: 'loadbalancing/forwardfor-dropped',
  title: 'The line that tells servers where a client comes from is gone',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    option forwardfor\n',
  replace: '',
  kills: 'loadbalancing/client-address-missing',
  path: '/',
})
