import { mutant } from '../../stack/mutant.ts'

export const nginxReloadIgnored = mutant({
  id: 'caches/nginx-reload-ignored',
  title: 'Do not let reloads of visitors reach the application',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: '{ set $anew 1; }',
  replace: '{ set $anew 0; }',
  kills: 'caches/request-directives-no-cache',
  path: '/',
})
