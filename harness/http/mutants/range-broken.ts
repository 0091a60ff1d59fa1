import { mutant } from '../../stack/mutant.ts'

export const rangeBroken = mutant({
  id: 'http/range-broken',
  title: 'Rewrite Content-Range for the old player',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: '  http-response del-header Keep-Alive\n',
  replace: '  http-response del-header Keep-Alive\n  http-response replace-header Content-Range "(.*)/.*" "\\1/1"\n',
  kills: 'http/range-satisfiable-content-range-malformed',
  in: 'balancer',
  path: '/static/voyage.txt',
})
