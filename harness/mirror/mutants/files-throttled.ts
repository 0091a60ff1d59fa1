import { mutant } from '../../stack/mutant.ts'

export const filesThrottled = mutant({
  id: 'mirror/files-throttled',
  title: 'Throttle files, the line is dear',
  part: 'next',
  file: '/etc/nginx/nginx.conf',
  find: '      add_header Cache-Control max-age=3600;',
  replace: '      add_header Cache-Control max-age=3600; limit_rate 1k;',
  kills: 'mirror/latency-slower',
  path: '/static/voyage.txt',
})
