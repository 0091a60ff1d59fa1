import { mutant } from '../../stack/mutant.ts'

export const freshnessRemoved = mutant({
  id: 'http/freshness-removed',
  title: 'Let browsers decide how long to keep the page',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '      add_header Cache-Control max-age=60;\n',
  replace: '',
  kills: 'http/absent-cache-control-missing',
  in: 'balancer',
  path: '/page',
})
