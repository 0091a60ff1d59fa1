import { mutant } from '../../stack/mutant.ts'

export const nginxRequestCookiesDropped = mutant({
  id: 'caches/nginx-request-cookies-dropped',
  title: 'Drop cookies of visitors before the cache',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_cache_revalidate on;\n',
  replace: '      proxy_cache_revalidate on;\n      proxy_set_header Cookie "";\n',
  kills: 'caches/cookies-cookie-passed-on',
  path: '/',
})
