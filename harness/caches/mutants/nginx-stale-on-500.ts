import { mutant } from '../../stack/mutant.ts'

export const nginxStaleOn500 = mutant({
  id: 'caches/nginx-stale-on-500',
  title: "Serve stale pages instead of the application's error page",
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'proxy_cache_use_stale off;',
  replace: 'proxy_cache_use_stale http_500;',
  kills: 'caches/validation-error',
  path: '/',
})
