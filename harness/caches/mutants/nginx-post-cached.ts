import { mutant } from '../../stack/mutant.ts'

export const nginxPostCached = mutant({
  id: 'caches/nginx-post-cached',
  title: 'Cache searches, which are sent with POST',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'proxy_cache_methods GET HEAD;',
  replace: 'proxy_cache_methods GET HEAD POST;',
  kills: 'caches/methods-post-twice',
  path: '/',
})
