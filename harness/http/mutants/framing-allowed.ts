import { mutant } from '../../stack/mutant.ts'

export const framingAllowed = mutant({
  id: 'http/framing-allowed',
  title: 'Let the partner frame the page',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: "; frame-ancestors 'none'\" if",
  replace: '" if',
  kills: 'http/absent-frame-protection-missing',
  in: 'balancer',
  path: '/page',
})
