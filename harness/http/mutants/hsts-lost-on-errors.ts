import { mutant } from '../../stack/mutant.ts'

export const hstsLostOnErrors = mutant({
  id: 'http/hsts-lost-on-errors',
  title: 'Send HSTS with good answers only, as add_header does',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'max-age=63072000; includeSubDomains"',
  replace: 'max-age=63072000; includeSubDomains" if { status lt 400 }',
  kills: 'http/error-page-security-field-lost',
  in: 'balancer',
  path: '/page',
})
