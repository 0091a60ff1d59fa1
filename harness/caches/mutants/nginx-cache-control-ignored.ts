import { mutant } from '../../stack/mutant.ts'

export const nginxCacheControlIgnored = mutant({
  id: 'caches/nginx-cache-control-ignored',
  title: 'Cache for a minute whatever the application says',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_cache_revalidate on;\n',
  replace:
    '      proxy_cache_revalidate on;\n      proxy_ignore_headers Cache-Control Expires; proxy_cache_valid 200 1m;\n',
  kills: 'caches/storing-no-store',
  path: '/',
})
