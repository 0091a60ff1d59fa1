import { mutant } from '../../stack/mutant.ts'

export const validatorsRemoved = mutant({
  id: 'http/validators-removed',
  title: 'Send no ETag and no Last-Modified, they differ between our two servers',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'add_header Cache-Control max-age=60;',
  replace: 'add_header Cache-Control max-age=60;\n      etag off;\n      add_header Last-Modified "";',
  kills: 'http/absent-validators-missing',
  in: 'balancer',
  path: '/page',
})
