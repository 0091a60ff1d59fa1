import { mutant } from '../../stack/mutant.ts'

export const nginxCollapseOff = mutant({
  id: 'caches/nginx-collapse-off',
  title: 'Do not let requests wait for each other',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'proxy_cache_lock on;',
  replace: 'proxy_cache_lock off;',
  kills: 'caches/collapse-two',
  path: '/',
})
