import { mutant } from '../../stack/mutant.ts'

export const nginxErrorsCached = mutant({
  id: 'caches/nginx-errors-cached',
  title: 'Spare the application while it is in trouble',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_cache_revalidate on;\n',
  replace: '      proxy_cache_revalidate on;\n      proxy_cache_valid 503 1m;\n',
  kills: 'caches/stale-error-not-stored',
  path: '/',
})
