import { mutant } from '../../stack/mutant.ts'

export const etagSharedBetweenCodings = mutant({
  id: 'http/etag-shared-between-codings',
  title: 'One tag for the position, compressed or not',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: '`"${tagOf(content)}-gzip"`',
  replace: '`"${tagOf(content)}"`',
  kills: 'http/coding-gzip-etag-shared',
  in: 'balancer',
  path: '/app/api',
})
