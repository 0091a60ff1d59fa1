import { mutant } from '../../stack/mutant.ts'

export const privateMadePublic = mutant({
  id: 'http/private-made-public',
  title: 'Cache the cabin for ten minutes, it is slow',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: "'private, no-store'",
  replace: "'public, max-age=600'",
  kills: 'http/private-cacheable-cookie',
  in: 'balancer',
  path: '/app/private',
})
