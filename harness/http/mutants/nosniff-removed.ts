import { mutant } from '../../stack/mutant.ts'

export const nosniffRemoved = mutant({
  id: 'http/nosniff-removed',
  title: 'Let browsers sniff, the old uploads have wrong types',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: '  http-after-response set-header X-Content-Type-Options nosniff\n  http-after-response set-header Referrer-Policy strict-origin-when-cross-origin',
  replace: '  http-after-response set-header Referrer-Policy strict-origin-when-cross-origin',
  kills: 'http/absent-x-content-type-options-missing',
  in: 'balancer',
  path: '/page',
})
