import { check, rfc, rule } from '../../kernel/index.ts'
import { isStorable } from '../caching.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const missing = rule({
  id: 'http/dictionary-vary-missing',
  level: 'warning',
  reference: rfc(9842, '6.2'),
  says: () => 'The content is coded with a dictionary, and Vary does not name Available-Dictionary.',
  wants: 'What depends on a dictionary says Vary: Accept-Encoding, Available-Dictionary.',
  remedy: 'Add Available-Dictionary to Vary.',
  aka: { redbot: 'DICTIONARY_COMPRESSED_MISSING_VARY' },
})

/** Content coded with a dictionary, in caches (RFC 9842 section 6.2). */
export const dictionaryVary = check({
  id: 'http/dictionary-vary',
  rules: [missing],
  applies: ({ response }) => response.fields.has('content-encoding'),
  *run(message: Message) {
    const { fields } = message.response
    const codings = splitList(fields.get('content-encoding')?.toLowerCase() ?? '')
    if (!codings.includes('dcb') && !codings.includes('dcz')) return
    const vary = splitList(fields.get('vary')?.toLowerCase() ?? '')
    if (isStorable(message) && !vary.includes('available-dictionary')) yield missing.at('response.fields.vary')
  },
  examples: [
    { title: 'no dictionary', given: given({ fields: [['Content-Encoding', 'br']] }), yields: [] },
    { title: 'a dictionary', given: given({ fields: [['Content-Encoding', 'dcz']] }), yields: [missing] },
  ],
})
