import { mutant } from '../../stack/mutant.ts'

export const nginxAuthorizationDropped = mutant({
  id: 'caches/nginx-authorization-dropped',
  title: 'Keep credentials from the application, the proxy has checked them',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_set_header Connection "";\n',
  replace: '      proxy_set_header Connection "";\n      proxy_set_header Authorization "";\n',
  kills: 'caches/authorization-passed-on',
  path: '/',
})
