import { mutant } from '../../stack/mutant.ts'

export const nginxStaleWhileUpdating = mutant({
  id: 'caches/nginx-stale-while-updating',
  title: 'Answer from the cache while it is updated in the background',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'proxy_cache_use_stale off;\n      proxy_cache_background_update off;',
  replace: 'proxy_cache_use_stale updating;\n      proxy_cache_background_update on;',
  kills: 'caches/freshness-max-age-stale',
  path: '/',
})
