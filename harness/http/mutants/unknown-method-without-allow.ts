import { mutant } from '../../stack/mutant.ts'

export const unknownMethodWithoutAllow = mutant({
  id: 'http/unknown-method-without-allow',
  title: 'Refuse unknown methods like forbidden ones',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'http-request return status 501',
  replace: 'http-request return status 405',
  kills: 'http/method-unknown-allow-missing',
  in: 'balancer',
  path: '/page',
})
