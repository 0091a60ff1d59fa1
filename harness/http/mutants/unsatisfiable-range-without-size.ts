import { mutant } from '../../stack/mutant.ts'

export const unsatisfiableRangeWithoutSize = mutant({
  id: 'http/unsatisfiable-range-without-size',
  title: 'Drop the Content-Range special case',
  part: 'apache',
  file: '/etc/apache2/sites-enabled/000-default.conf',
  find: '  Header always set Content-Range "expr=bytes */%{filesize:%{REQUEST_FILENAME}}" "expr=%{REQUEST_STATUS} == 416"\n',
  replace: '',
  kills: 'http/range-unsatisfiable-length-missing',
  in: 'balancer',
  path: '/apache/page.html',
})
