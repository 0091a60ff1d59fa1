import { mutant } from '../../stack/index.ts'

export const nginxHeadForAMinute = mutant({
  id: 'loadbalancing/nginx-head-for-a-minute',
  title: 'A visitor has a minute for the head of a request',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'client_header_timeout 1s;',
  replace: 'client_header_timeout 60s;',
  kills: 'loadbalancing/timeouts-slow-head',
  path: '/',
})
