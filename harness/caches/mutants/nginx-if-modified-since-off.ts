import { mutant } from '../../stack/mutant.ts'

export const nginxIfModifiedSinceOff = mutant({
  id: 'caches/nginx-if-modified-since-off',
  title: 'Answer in full, clocks of clients are wrong anyway',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_cache_revalidate on;\n',
  replace: '      proxy_cache_revalidate on;\n      if_modified_since off;\n',
  kills: 'caches/modified-since-same',
  path: '/',
})
