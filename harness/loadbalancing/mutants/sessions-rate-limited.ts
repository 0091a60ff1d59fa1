import { mutant } from '../../stack/index.ts'

export const sessionsRateLimited = mutant({
  id: 'loadbalancing/sessions-rate-limited',
  title: 'New connections are limited to what a test machine has',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    maxconn 1500\n',
  replace: '    maxconn 1500\n    rate-limit sessions 3\n',
  kills: 'loadbalancing/response-time-over',
  path: '/',
})
