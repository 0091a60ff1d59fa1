import { mutant } from '../../stack/index.ts'

export const nginxLeastConnDropped = mutant({
  id: 'loadbalancing/nginx-least-conn-dropped',
  title: 'Servers are asked in turn',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '        least_conn;\n',
  replace: '',
  kills: 'loadbalancing/slow-server-loaded',
  path: '/',
})
