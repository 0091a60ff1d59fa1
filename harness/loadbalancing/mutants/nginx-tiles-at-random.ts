import { mutant } from '../../stack/index.ts'

export const nginxTilesAtRandom = mutant({
  id: 'loadbalancing/nginx-tiles-at-random',
  title: 'Tiles come from any server',
  part: 'nginx-tiles',
  file: '/etc/nginx/nginx.conf',
  find: 'hash $request_uri consistent;',
  replace: 'random;',
  kills: 'loadbalancing/hash-stable-wavering',
  path: '/tiles/',
})
