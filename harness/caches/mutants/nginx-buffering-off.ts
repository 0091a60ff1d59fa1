import { mutant } from '../../stack/mutant.ts'

export const nginxBufferingOff = mutant({
  id: 'caches/nginx-buffering-off',
  title: 'Stream answers to clients as they come',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_cache_revalidate on;\n',
  replace: '      proxy_cache_revalidate on;\n      proxy_buffering off;\n',
  kills: 'caches/freshness-max-age',
  path: '/',
})
