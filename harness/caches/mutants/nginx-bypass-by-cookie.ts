import { mutant } from '../../stack/mutant.ts'

export const nginxBypassByCookie = mutant({
  id: 'caches/nginx-bypass-by-cookie',
  title: 'Leave visitors with a cookie out of the cache',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_cache_revalidate on;\n',
  replace: '      proxy_cache_revalidate on;\n      proxy_cache_bypass $http_cookie;\n',
  kills: 'caches/cookies-cookie',
  path: '/',
})
