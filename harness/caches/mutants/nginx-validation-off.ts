import { mutant } from '../../stack/mutant.ts'

export const nginxValidationOff = mutant({
  id: 'caches/nginx-validation-off',
  title: 'Fetch whole pages, the 304 confused somebody',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'proxy_cache_revalidate on;',
  replace: 'proxy_cache_revalidate off;',
  kills: 'caches/validation-etag',
  path: '/',
})
