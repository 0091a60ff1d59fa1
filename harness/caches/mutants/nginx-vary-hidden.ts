import { mutant } from '../../stack/mutant.ts'

export const nginxVaryHidden = mutant({
  id: 'caches/nginx-vary-hidden',
  title: 'Hide Vary from clients',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_cache_revalidate on;\n',
  replace: '      proxy_cache_revalidate on;\n      proxy_hide_header Vary;\n',
  kills: 'caches/fields-kept-vary',
  path: '/',
})
