import { mutant } from '../../stack/mutant.ts'

export const nginxKeyWithoutHost = mutant({
  id: 'caches/nginx-key-without-host',
  title: 'Share the cache between our hosts',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '$host$request_uri;',
  replace: '$request_uri;',
  kills: 'caches/keys-host',
  path: '/',
})
