import { mutant } from '../../stack/mutant.ts'

export const etagRemoved = mutant({
  id: 'http/etag-removed',
  title: 'Drop the tag of the position, it changes too often',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: "{ ETag: etag, 'Cache-Control': 'no-cache', Vary",
  replace: "{ 'Cache-Control': 'no-cache', Vary",
  kills: 'http/freshness-no-cache-no-validator',
  in: 'balancer',
  path: '/app/api',
})
