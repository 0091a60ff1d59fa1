import { mutant } from '../../stack/mutant.ts'

export const notModifiedForgets = mutant({
  id: 'http/not-modified-forgets',
  title: 'Send only the tag with 304',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: 'sendEmpty(response, 304, fields)',
  replace: 'sendEmpty(response, 304, { ETag: etag })',
  kills: 'http/not-modified-fields-missing',
  in: 'balancer',
  path: '/app/api',
})
