import { check, rfc, rule } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const missing = rule({
  id: 'http/absent-cache-control-missing',
  level: 'warning',
  reference: rfc(9111, '4.2.2'),
  says: () =>
    'Neither Cache-Control nor Expires is there, so each cache decides for itself how long to keep the response.',
  wants: 'A 200 to GET says how caches should treat it.',
  remedy: 'Send Cache-Control: max-age=SECONDS, no-cache, or no-store; private for what belongs to one user.',
})

/** Cache-Control on what caches may keep. */
export const absentCacheControl = check({
  id: 'http/absent-cache-control',
  rules: [missing],
  *run({ request, response }: Message) {
    if (response.status !== 200 || (request.method !== 'GET' && request.method !== 'HEAD')) return
    if (!response.fields.has('cache-control') && !response.fields.has('expires'))
      yield missing.at('response.fields.cache-control')
  },
  examples: [
    { title: 'no-store', given: given({ fields: [['Cache-Control', 'no-store']] }), yields: [] },
    { title: 'a 404', given: given({ status: 404 }), yields: [] },
    { title: 'a POST', given: given({ method: 'POST' }), yields: [] },
    { title: 'a 200 that says nothing', given: given(), yields: [missing] },
  ],
})
