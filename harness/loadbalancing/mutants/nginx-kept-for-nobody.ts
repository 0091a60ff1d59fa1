import { mutant } from '../../stack/index.ts'

export const nginxKeptForNobody = mutant({
  id: 'loadbalancing/nginx-kept-for-nobody',
  title: 'Connections of visitors are closed after each answer',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'keepalive_timeout 10s;',
  replace: 'keepalive_timeout 0;',
  kills: 'loadbalancing/connections-reused-closed',
  path: '/',
})
