import { mutant } from '../../stack/mutant.ts'

export const nginxUnauthorizedCached = mutant({
  id: 'caches/nginx-unauthorized-cached',
  title: 'Spare the login service',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_cache_revalidate on;\n',
  replace: '      proxy_cache_revalidate on;\n      proxy_cache_valid 401 403 1m;\n',
  kills: 'caches/heuristics-status-403',
  path: '/',
})
