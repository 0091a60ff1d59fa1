import { mutant } from '../../stack/mutant.ts'

export const connectionClosedUnsaid = mutant({
  id: 'http/connection-closed-unsaid',
  title: 'Close idle connections at once, they fill the table',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'timeout http-keep-alive 15s',
  replace: 'timeout http-keep-alive 1ms',
  kills: 'http/connection-reuse-closed-unsaid',
  in: 'balancer',
  path: '/page',
})
