import { mutant } from '../../stack/index.ts'

export const timeoutHttpRequestDropped = mutant({
  id: 'loadbalancing/timeout-http-request-dropped',
  title: 'Clients may take any time for the head of a request',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    timeout http-request 1s\n',
  replace: '',
  kills: 'loadbalancing/timeouts-slow-head',
  path: '/',
})
