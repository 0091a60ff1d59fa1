import { mutant } from '../../stack/mutant.ts'

export const nginxDefaultLifetime = mutant({
  id: 'caches/nginx-default-lifetime',
  title: 'Give answers without a lifetime ten minutes',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_cache_revalidate on;\n',
  replace: '      proxy_cache_revalidate on;\n      proxy_cache_valid any 10m;\n',
  kills: 'caches/heuristics-status-202',
  path: '/',
})
