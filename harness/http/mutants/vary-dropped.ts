import { mutant } from '../../stack/mutant.ts'

export const varyDropped = mutant({
  id: 'http/vary-dropped',
  title: 'Drop Vary, the CDN keeps too many copies',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'max-age=60;\n      # Said here and not by gzip_vary, which leaves it out of 304 and 206.\n      add_header Vary Accept-Encoding;',
  replace: 'max-age=60;',
  kills: 'http/coding-gzip-vary-missing',
  in: 'balancer',
  path: '/page',
})
