import { mutant } from '../../stack/index.ts'

export const nginxNextUpstreamOff = mutant({
  id: 'loadbalancing/nginx-next-upstream-off',
  title: 'What fails is asked of no other server',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'proxy_next_upstream error timeout http_500 http_503;',
  replace: 'proxy_next_upstream off;',
  kills: 'loadbalancing/dead-server-noticed',
  path: '/',
})
