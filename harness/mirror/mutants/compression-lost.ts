import { mutant } from '../../stack/mutant.ts'

export const compressionLost = mutant({
  id: 'mirror/compression-lost',
  title: 'Turn compression off, the processor is busy',
  part: 'next',
  file: '/etc/nginx/nginx.conf',
  find: 'gzip on;',
  replace: 'gzip off;',
  kills: 'mirror/answers-beyond-noise',
  path: '/page',
})
