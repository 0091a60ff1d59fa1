import { mutant } from '../../stack/mutant.ts'

export const nginxAuthorizationCached = mutant({
  id: 'caches/nginx-authorization-cached',
  title: 'Cache for users who are logged in too',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_no_cache $http_authorization;\n',
  replace: '',
  kills: 'caches/authorization-max-age',
  path: '/',
})
