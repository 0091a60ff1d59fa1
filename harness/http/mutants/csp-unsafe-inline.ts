import { mutant } from '../../stack/mutant.ts'

export const cspUnsafeInline = mutant({
  id: 'http/csp-unsafe-inline',
  title: 'Allow inline scripts for the new widget',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: "style-src 'self'",
  replace: "script-src * 'unsafe-inline'",
  kills: 'http/content-security-policy-weak-inline',
  in: 'balancer',
  path: '/page',
})
