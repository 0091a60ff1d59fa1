import { mutant } from '../../stack/mutant.ts'

export const nginxPrivateCached = mutant({
  id: 'caches/nginx-private-cached',
  title: 'Cache what the framework marks private, it does so everywhere',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_cache_revalidate on;\n',
  replace: '      proxy_cache_revalidate on;\n      proxy_ignore_headers Cache-Control; proxy_cache_valid 200 1m;\n',
  kills: 'caches/storing-private',
  path: '/',
})
