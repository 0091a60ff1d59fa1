import { mutant } from '../../stack/mutant.ts'

export const nginxStaleOnError = mutant({
  id: 'caches/nginx-stale-on-error',
  title: 'Serve stale pages when the application is down',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'proxy_cache_use_stale off;',
  replace: 'proxy_cache_use_stale error timeout http_500 http_503;',
  kills: 'caches/stale-close-must-revalidate',
  path: '/',
})
