import { mutant } from '../../stack/mutant.ts'

export const hstsShort = mutant({
  id: 'http/hsts-short',
  title: 'Shorten HSTS while we try the new certificate',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'max-age=63072000',
  replace: 'max-age=300',
  kills: 'http/strict-transport-security-strength-short',
  in: 'balancer',
  path: '/page',
})
