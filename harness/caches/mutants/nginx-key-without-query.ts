import { mutant } from '../../stack/mutant.ts'

export const nginxKeyWithoutQuery = mutant({
  id: 'caches/nginx-key-without-query',
  title: 'Raise the hit rate: campaign parameters split the cache',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '$host$request_uri;',
  replace: '$host$uri;',
  kills: 'caches/keys-query',
  path: '/',
})
