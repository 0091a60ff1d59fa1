import { mutant } from '../../stack/mutant.ts'

export const soft404 = mutant({
  id: 'http/soft-404',
  title: 'Show the page for every address, as the new front end wants',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'return 404;',
  replace: 'try_files /page.html =404;',
  kills: 'http/error-page-soft',
  in: 'balancer',
  path: '/page',
})
