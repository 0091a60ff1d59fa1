import { mutant } from '../../stack/mutant.ts'

export const httpsRedirectPathLost = mutant({
  id: 'http/https-redirect-path-lost',
  title: 'Send everybody on plain http to the front page',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: '%[req.hdr(host)]%[pathq]"',
  replace: '%[req.hdr(host)]/"',
  kills: 'http/redirect-to-https-path-lost',
  in: 'balancer',
  port: 8080,
  path: '/page',
})
