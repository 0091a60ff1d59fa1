import { mutant } from '../../stack/mutant.ts'

export const charsetLost = mutant({
  id: 'http/charset-lost',
  title: 'Drop the charset, everything is UTF-8 anyway',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'charset utf-8;',
  replace: 'charset off;',
  kills: 'http/content-type-charset-missing',
  in: 'balancer',
  path: '/page',
})
