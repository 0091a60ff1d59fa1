import { mutant } from '../../stack/mutant.ts'

export const privateCacheControlLost = mutant({
  id: 'http/private-cache-control-lost',
  title: 'Let the framework choose Cache-Control',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: "      'Cache-Control': 'private, no-store',\n",
  replace: '',
  kills: 'http/private-cacheable-unsaid',
  in: 'balancer',
  path: '/app/private',
})
