import { mutant } from '../../stack/mutant.ts'

export const nginxExpiresAdded = mutant({
  id: 'caches/nginx-expires-added',
  title: 'Let browsers keep everything for an hour',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_cache_revalidate on;\n',
  replace: '      proxy_cache_revalidate on;\n      expires 1h;\n',
  kills: 'caches/age-expires-kept',
  path: '/',
})
