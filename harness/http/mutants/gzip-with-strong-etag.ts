import { mutant } from '../../stack/mutant.ts'

export const gzipWithStrongEtag = mutant({
  id: 'http/gzip-with-strong-etag',
  title: 'Keep the strong ETag, weak ones break If-Match',
  part: 'apache',
  file: '/etc/apache2/sites-enabled/000-default.conf',
  find: '  Header edit ETag "^\\"" "W/\\""\n',
  replace: '',
  kills: 'http/coding-gzip-etag-shared',
  in: 'balancer',
  path: '/apache/page.html',
})
