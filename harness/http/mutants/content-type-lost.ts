import { mutant } from '../../stack/mutant.ts'

export const contentTypeLost = mutant({
  id: 'http/content-type-lost',
  title: 'Drop the type of the position, clients know it',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: "{ ...fields, 'Content-Type': json }, content)",
  replace: 'fields, content)',
  kills: 'http/content-type-missing',
  in: 'balancer',
  path: '/app/api',
})
