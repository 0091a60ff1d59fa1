import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { entityTagStrength } from '../grammar/entity-tag.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.etag'

const malformed = rule({
  id: 'http/etag-malformed',
  level: 'error',
  reference: rfc(9110, '8.8.3'),
  says: (e: { value: string }) => `ETag is ${e.value}, not an entity tag.`,
  wants: 'ETag is a text in double quotes without spaces, W/ before it when weak.',
  remedy: 'Put double quotes around the tag: ETag: "abc".',
})

const empty = rule({
  id: 'http/etag-empty',
  level: 'warning',
  reference: rfc(9110, '8.8.3'),
  says: (e: { value: string }) => `ETag is ${e.value}: an empty tag tells no two versions apart.`,
  wants: 'The tag changes when the content does.',
  remedy: 'Derive the tag from the content or its version, or drop the field.',
})

/** ETag: one `entity-tag` (RFC 9110 section 8.8.3). */
export const etag = check({
  id: 'http/etag',
  rules: [malformed, empty],
  applies: ({ response }) => response.fields.has('etag'),
  *run({ response }: Message) {
    for (const value of response.fields.all('etag')) {
      if (entityTagStrength(value) === undefined) yield malformed.at(place, { value: excerpt(value) })
      else if (value.endsWith('""')) yield empty.at(place, { value })
    }
  },
  examples: [
    { title: 'a strong tag', given: given({ fields: [['ETag', '"33a64df5"']] }), yields: [] },
    { title: 'a weak tag', given: given({ fields: [['ETag', 'W/"33a64df5"']] }), yields: [] },
    { title: 'no quotes', given: given({ fields: [['ETag', '33a64df5']] }), yields: [malformed] },
    { title: 'a small w', given: given({ fields: [['ETag', 'w/"33a64df5"']] }), yields: [malformed] },
    { title: 'W inside the quotes', given: given({ fields: [['ETag', '"W/33a64df5"']] }), yields: [] },
    { title: 'single quotes', given: given({ fields: [['ETag', "'33a64df5'"]] }), yields: [malformed] },
    { title: 'nothing in the quotes', given: given({ fields: [['ETag', 'W/""']] }), yields: [empty] },
  ],
})
