import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { isLanguageTag } from '../grammar/language-tag.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const malformed = rule({
  id: 'http/content-language-malformed',
  level: 'error',
  reference: rfc(9110, '8.5.1'),
  says: (e: { tag: string }) => `Content-Language holds "${e.tag}", which is no language tag.`,
  wants: 'Content-Language lists language tags, such as en or de-CH.',
  remedy: 'Write the tag with a hyphen: en-GB, not en_GB.',
})

const repeated = rule({
  id: 'http/content-language-repeated',
  level: 'info',
  reference: rfc(9110, '8.5'),
  says: (e: { tag: string }) => `Content-Language names "${e.tag}" more than once.`,
  wants: 'Each language is named once.',
  remedy: 'Name it once.',
  aka: { redbot: 'CONTENT_LANGUAGE_DUP' },
})

/** Content-Language: `#language-tag` (RFC 9110 section 8.5). */
export const contentLanguage = check({
  id: 'http/content-language',
  rules: [malformed, repeated],
  applies: ({ response }) => response.fields.has('content-language'),
  *run({ response }: Message) {
    const value = response.fields.get('content-language')
    if (value === undefined) return
    const tags = splitList(value.toLowerCase())
    if (tags.length === 0) yield malformed.at('response.fields.content-language', { tag: '' })
    for (const tag of new Set(tags)) {
      const seen = { tag: excerpt(tag) }
      if (!isLanguageTag(tag)) yield malformed.at('response.fields.content-language', seen)
      if (tags.indexOf(tag) !== tags.lastIndexOf(tag)) yield repeated.at('response.fields.content-language', seen)
    }
  },
  examples: [
    { title: 'two languages', given: given({ fields: [['Content-Language', 'en, de-CH']] }), yields: [] },
    { title: 'an underscore', given: given({ fields: [['Content-Language', 'en_GB']] }), yields: [malformed] },
    { title: 'nothing', given: given({ fields: [['Content-Language', '']] }), yields: [malformed] },
    { title: 'one twice', given: given({ fields: [['Content-Language', 'en, EN']] }), yields: [repeated] },
  ],
})
