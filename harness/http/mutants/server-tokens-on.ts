import { mutant } from '../../stack/mutant.ts'

export const serverTokensOn = mutant({
  id: 'http/server-tokens-on',
  title: 'Show the version again, to tell the nodes apart',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'server_tokens off;',
  replace: 'server_tokens on;',
  kills: 'http/server-versioned',
  in: 'balancer',
  path: '/page',
})
