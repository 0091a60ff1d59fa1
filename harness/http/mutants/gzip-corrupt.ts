import { mutant } from '../../stack/mutant.ts'

export const gzipCorrupt = mutant({
  id: 'http/gzip-corrupt',
  title: 'Compress the position once, at the balancer',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: "'Content-Encoding': 'gzip' }, gzipSync(content))",
  replace: "'Content-Encoding': 'gzip' }, content)",
  kills: 'http/coding-gzip-corrupt',
  in: 'balancer',
  path: '/app/api',
})
