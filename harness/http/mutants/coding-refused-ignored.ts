import { mutant } from '../../stack/mutant.ts'

export const codingRefusedIgnored = mutant({
  id: 'http/coding-refused-ignored',
  title: 'Look only for the name in Accept-Encoding',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: 'name === coding && Number(weight.slice(2)) > 0',
  replace: 'name === coding',
  kills: 'http/coding-refused-ignored',
  in: 'balancer',
  path: '/app/api',
})
