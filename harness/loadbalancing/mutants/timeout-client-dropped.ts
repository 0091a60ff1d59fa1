import { mutant } from '../../stack/index.ts'

export const timeoutClientDropped = mutant({
  id: 'loadbalancing/timeout-client-dropped',
  title: 'Clients may be silent for ever',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    timeout client 30s\n',
  replace: '',
  kills: 'loadbalancing/timeouts-missing',
  path: '/',
})
