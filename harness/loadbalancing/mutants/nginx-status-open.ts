import { mutant } from '../../stack/index.ts'

export const nginxStatusOpen = mutant({
  id: 'loadbalancing/nginx-status-open',
  title: 'The page about its connections is shown to everybody',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '            deny all;\n',
  replace: '            allow all;\n',
  kills: 'loadbalancing/statistics-public-shown',
  path: '/',
})
