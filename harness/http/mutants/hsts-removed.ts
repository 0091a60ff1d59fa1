import { mutant } from '../../stack/mutant.ts'

export const hstsRemoved = mutant({
  id: 'http/hsts-removed',
  title: 'Drop the HSTS header, a customer complained',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: '  http-after-response set-header Strict-Transport-Security "max-age=63072000; includeSubDomains"\n',
  replace: '',
  kills: 'http/absent-strict-transport-security-missing',
  in: 'balancer',
  path: '/page',
})
