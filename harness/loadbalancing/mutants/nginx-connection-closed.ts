import { mutant } from '../../stack/index.ts'

export const nginxConnectionClosed = mutant({
  id: 'loadbalancing/nginx-connection-closed',
  title: 'The field Connection is no longer emptied, so that servers are told to close',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '    proxy_set_header Connection "";\n',
  replace: '',
  kills: 'loadbalancing/connections-reused-scattered',
  path: '/',
})
