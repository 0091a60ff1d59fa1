import { mutant } from '../../stack/mutant.ts'

export const traceEnabled = mutant({
  id: 'http/trace-enabled',
  title: 'Enable TRACE to see what the balancer adds',
  part: 'apache',
  file: '/etc/apache2/sites-enabled/000-default.conf',
  find: 'TraceEnable Off',
  replace: 'TraceEnable On',
  kills: 'http/trace-enabled-echoed',
  in: 'balancer',
  path: '/apache/page.html',
})
