import { mutant } from '../../stack/mutant.ts'

export const charsetLost = mutant({
  id: 'mirror/charset-lost',
  title: 'Drop the charset, everything is UTF-8 anyway',
  part: 'next',
  file: '/etc/nginx/nginx.conf',
  find: 'charset utf-8;',
  replace: 'charset off;',
  kills: 'mirror/answers-beyond-noise',
  path: '/page',
})
