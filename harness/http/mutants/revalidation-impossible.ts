import { mutant } from '../../stack/mutant.ts'

export const revalidationImpossible = mutant({
  id: 'http/revalidation-impossible',
  title: 'Drop the tag of the position, it changes too often',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: "{ ETag: etag, 'Cache-Control': 'no-cache', Vary",
  replace: "{ 'Cache-Control': 'no-cache', Vary",
  kills: 'http/freshness-no-cache-no-validator',
  in: 'balancer',
  path: '/app/api',
})
