import { mutant } from '../../stack/mutant.ts'

export const etagRemoved = mutant({
  id: 'http/etag-removed',
  title: 'Turn ETags off, they differ between our two servers',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'etag on;',
  replace: 'etag off;',
  kills: 'http/absent-validators-etag-missing',
  in: 'balancer',
  path: '/page',
})
