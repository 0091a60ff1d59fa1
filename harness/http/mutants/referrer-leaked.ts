import { mutant } from '../../stack/mutant.ts'

export const referrerLeaked = mutant({
  id: 'http/referrer-leaked',
  title: 'Send the whole referrer, marketing wants it',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'strict-origin-when-cross-origin',
  replace: 'unsafe-url',
  kills: 'http/referrer-policy-unsafe',
  in: 'balancer',
  path: '/page',
})
