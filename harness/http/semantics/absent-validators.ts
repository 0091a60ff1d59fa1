import { check, rfc, rule } from '../../kernel/index.ts'
import { hasValidator, isUnstorable } from '../cacheability.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const missing = rule({
  id: 'http/absent-validators-missing',
  level: 'info',
  reference: rfc(9110, '8.8'),
  says: () => 'There is neither ETag nor Last-Modified, so whoever holds a copy must fetch all of it again.',
  wants: 'Content that caches may keep has a validator.',
  remedy: 'Send ETag or Last-Modified, and answer conditional requests.',
})

const present = rule({
  id: 'http/absent-validators-present',
  level: 'good',
  reference: rfc(9110, '8.8'),
  says: (e: { fields: readonly string[] }) => `Copies can be revalidated by ${e.fields.join(' and ')}.`,
  wants: 'Content that caches may keep has a validator.',
  remedy: 'Nothing to do.',
})

/** Validators on what caches may keep (RFC 9110 section 8.8). */
export const absentValidators = check({
  id: 'http/absent-validators',
  rules: [missing, present],
  *run(message: Message) {
    const { response } = message
    if (response.status !== 200 || isUnstorable(message)) return
    const fields = ['ETag', 'Last-Modified'].filter((name) => response.fields.has(name))
    if (hasValidator(message)) yield present.at('response.fields', { fields })
    else if (response.bodyBytes > 0) yield missing.at('response.fields.etag')
  },
  examples: [
    { title: 'nothing to keep', given: given({ body: 'hello', fields: [['Cache-Control', 'no-store']] }), yields: [] },
    { title: 'an ETag', given: given({ body: 'hello', fields: [['ETag', '"a"']] }), yields: [present] },
    { title: 'neither', given: given({ body: 'hello' }), yields: [missing] },
  ],
})
