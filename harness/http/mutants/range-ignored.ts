import { mutant } from '../../stack/mutant.ts'

export const rangeIgnored = mutant({
  id: 'http/range-ignored',
  title: 'Hide ranges from the servers, a crawler misused them',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'del-header Range unless { method GET }',
  replace: 'del-header Range',
  kills: 'http/range-satisfiable-ignored',
  in: 'balancer',
  path: '/static/voyage.txt',
})
