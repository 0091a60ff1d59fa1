import { check, rfc, rule } from '../../kernel/index.ts'
import { isUnstorable } from '../cacheability.ts'
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

const etagMissing = rule({
  id: 'http/absent-validators-etag-missing',
  level: 'info',
  reference: rfc(9110, '8.8.3'),
  says: () => 'There is Last-Modified and no ETag: two changes within a second look like one.',
  wants: 'Content that caches may keep has an ETag where one can be had.',
  remedy: 'Send ETag, derived from the content so that all servers agree on it.',
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
  rules: [missing, etagMissing, present],
  *run(message: Message) {
    const { response } = message
    if (response.status !== 200 || isUnstorable(message)) return
    const fields = ['ETag', 'Last-Modified'].filter((name) => response.fields.has(name))
    if (fields.length > 0) yield present.at('response.fields', { fields })
    if (fields.length === 1 && fields[0] === 'Last-Modified') yield etagMissing.at('response.fields.etag')
    if (fields.length === 0 && response.bodyBytes > 0) yield missing.at('response.fields.etag')
  },
  examples: [
    { title: 'nothing to keep', given: given({ body: 'hello', fields: [['Cache-Control', 'no-store']] }), yields: [] },
    { title: 'an ETag', given: given({ body: 'hello', fields: [['ETag', '"a"']] }), yields: [present] },
    {
      title: 'Last-Modified',
      given: given({ body: 'hello', fields: [['Last-Modified', 'Wed, 31 Dec 2025 00:00:00 GMT']] }),
      yields: [present, etagMissing],
    },
    { title: 'neither', given: given({ body: 'hello' }), yields: [missing] },
  ],
})
