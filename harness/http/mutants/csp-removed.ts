import { mutant } from '../../stack/mutant.ts'

export const cspRemoved = mutant({
  id: 'http/csp-removed',
  title: 'Turn the content security policy off for the demo',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: "set-header Content-Security-Policy \"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\" if",
  replace: 'del-header Content-Security-Policy if',
  kills: 'http/absent-content-security-policy-missing',
  in: 'balancer',
  path: '/page',
})
