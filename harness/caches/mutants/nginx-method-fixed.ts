import { mutant } from '../../stack/mutant.ts'

export const nginxMethodFixed = mutant({
  id: 'caches/nginx-method-fixed',
  title: 'Ask the application with GET only',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_cache_revalidate on;\n',
  replace: '      proxy_cache_revalidate on;\n      proxy_method GET;\n',
  kills: 'caches/methods-post-passed-on',
  path: '/',
})
