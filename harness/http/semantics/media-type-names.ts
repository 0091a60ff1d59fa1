import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { mediaName } from '../grammar/media-range.ts'
import { isInnerList, parseList } from '../grammar/structured-field.ts'
import type { Fields } from '../../wire/index.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

type Seen = { readonly field: string; readonly name: string }
const wants = 'Type and subtype begin with a letter or digit and have at most 127 characters of a small alphabet.'

const unregistrable = rule({
  id: 'http/media-type-names-unregistrable',
  level: 'warning',
  reference: rfc(6838, '4.2'),
  says: (e: Seen) => `${e.field} lists "${e.name}", a name that cannot be registered.`,
  wants,
  remedy: 'Use a registered type.',
  aka: { redbot: 'MEDIA_TYPE_BAD_NAME' },
})
const long = rule({
  id: 'http/media-type-names-long',
  level: 'warning',
  reference: rfc(6838, '4.2'),
  says: (e: Seen) => `${e.field} lists "${e.name}", with a name over 127 characters.`,
  wants,
  remedy: 'Use a shorter name.',
  aka: { redbot: 'MEDIA_TYPE_LONG_NAME' },
})

const lists = ['accept-patch', 'accept-post', 'accept-query'] as const

/** The names of the media types that a server says it takes (RFC 6838 section 4.2). */
export const mediaTypeNames = check({
  id: 'http/media-type-names',
  rules: [unregistrable, long],
  applies: ({ response: { fields } }) => lists.some((field) => fields.has(field)),
  *run({ response: { fields } }: Message) {
    for (const field of lists) {
      for (const name of namesOf(field, fields)) {
        const kind = mediaName(name, true)
        const seen = { field, name: excerpt(name) }
        if (kind === 'unregistrable') yield unregistrable.at(`response.fields.${field}`, seen)
        if (kind === 'too-long') yield long.at(`response.fields.${field}`, seen)
      }
    }
  },
  examples: [
    { title: 'a range and a word that is none', given: listed('Accept-Post', 'text/*, json'), yields: [] },
    { title: 'a tilde', given: listed('Accept-Patch', 'text/pl~in;a=b'), yields: [unregistrable] },
    { title: 'a dot in front', given: listed('Accept-Query', '"text/.x"'), yields: [unregistrable] },
    { title: '128 letters', given: listed('Accept-Post', `text/${'a'.repeat(128)}`), yields: [long] },
  ],
})

function* namesOf(field: (typeof lists)[number], fields: Fields): Iterable<string> {
  const value = fields.get(field)
  if (value === undefined) return
  if (field !== 'accept-query') {
    for (const member of splitList(value)) yield splitList(member, ';')[0] ?? ''
    return
  }
  for (const member of parseList(value) ?? []) {
    const item = isInnerList(member) ? undefined : member.item
    if (item?.type === 'token' || item?.type === 'string') yield item.text
  }
}

function listed(name: string, value: string): Message {
  return given({ fields: [[name, value]] })
}
