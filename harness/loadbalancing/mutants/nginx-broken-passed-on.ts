import { mutant } from '../../stack/index.ts'

export const nginxBrokenPassedOn = mutant({
  id: 'loadbalancing/nginx-broken-passed-on',
  title: 'An answer of 500 is passed on, and its server stays in',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'error timeout http_500 http_503;',
  replace: 'error timeout;',
  kills: 'loadbalancing/broken-application-visited',
  path: '/',
})
