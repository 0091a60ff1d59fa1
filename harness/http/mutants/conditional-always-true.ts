import { mutant } from '../../stack/mutant.ts'

export const conditionalAlwaysTrue = mutant({
  id: 'http/conditional-always-true',
  title: 'Any known tag is good enough',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: 'if (known === undefined) return false',
  replace: 'return known !== undefined',
  kills: 'http/conditional-etag-any-matched',
  in: 'balancer',
  path: '/app/api',
})
