import { mutant } from '../../stack/mutant.ts'

export const nginxEtagHidden = mutant({
  id: 'caches/nginx-etag-hidden',
  title: 'Hide ETag, the scanner said that it tells of inodes',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      proxy_cache_revalidate on;\n',
  replace: '      proxy_cache_revalidate on;\n      proxy_hide_header ETag;\n',
  kills: 'caches/fields-kept-etag',
  path: '/',
})
