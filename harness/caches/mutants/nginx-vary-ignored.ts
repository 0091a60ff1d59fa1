import { mutant } from '../../stack/mutant.ts'

export const nginxVaryIgnored = mutant({
  id: 'caches/nginx-vary-ignored',
  title: 'Ignore Vary, the application names fields that do not matter',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_cache_revalidate on;\n',
  replace: '      proxy_cache_revalidate on;\n      proxy_ignore_headers Vary;\n',
  kills: 'caches/vary-no-match',
  path: '/',
})
