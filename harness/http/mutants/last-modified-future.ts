import { mutant } from '../../stack/mutant.ts'

export const lastModifiedFuture = mutant({
  id: 'http/last-modified-future',
  title: 'Pin Last-Modified so that nothing looks old',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'add_header Cache-Control max-age=60;',
  replace: 'add_header Cache-Control max-age=60;\n      add_header Last-Modified "Fri, 01 Jan 2100 00:00:00 GMT";',
  kills: 'http/last-modified-future',
  in: 'balancer',
  path: '/page',
})
