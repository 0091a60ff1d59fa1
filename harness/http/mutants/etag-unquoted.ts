import { mutant } from '../../stack/mutant.ts'

export const etagUnquoted = mutant({
  id: 'http/etag-unquoted',
  title: 'Give the position a readable tag',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: '`"${tagOf(content)}"`',
  replace: 'tagOf(content)',
  kills: 'http/etag-malformed',
  in: 'balancer',
  path: '/app/api',
})
