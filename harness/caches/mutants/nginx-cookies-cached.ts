import { mutant } from '../../stack/mutant.ts'

export const nginxCookiesCached = mutant({
  id: 'caches/nginx-cookies-cached',
  title: 'Cache answers that set cookies too, the hit rate was low',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_cache_revalidate on;\n',
  replace: '      proxy_cache_revalidate on;\n      proxy_ignore_headers Set-Cookie;\n',
  kills: 'caches/cookies-set-cookie-not-shared',
  path: '/',
})
