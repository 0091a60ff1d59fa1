import { mutant } from '../../stack/mutant.ts'

export const redirectWithoutLocation = mutant({
  id: 'http/redirect-without-location',
  title: 'Let the page say where to go',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: "'Cache-Control': 'no-store', Location: location }",
  replace: "'Cache-Control': 'no-store' }",
  kills: 'http/required-fields-location',
  in: 'balancer',
  path: '/app/redirect',
})
