import { mutant } from '../../stack/mutant.ts'

export const headDiffers = mutant({
  id: 'http/head-differs',
  title: 'Let HEAD ask for a fresh answer',
  part: 'apache',
  file: '/etc/apache2/sites-enabled/000-default.conf',
  find: 'Header set Cache-Control max-age=600',
  replace:
    'Header set Cache-Control max-age=600\n    Header set Cache-Control no-cache "expr=%{REQUEST_METHOD} == \'HEAD\'"',
  kills: 'http/head-equals-get-field-different',
  in: 'balancer',
  path: '/apache/page.html',
})
