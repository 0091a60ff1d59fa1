import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { isInnerList, parseList } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const typeBad = rule({
  id: 'http/cache-groups-type-bad',
  level: 'warning',
  reference: rfc(9875, '2'),
  says: (e: { value: string }) => `Cache-Groups is "${e.value}", with a member that is not in quotes.`,
  wants: 'The groups of a response are Strings.',
  remedy: 'Put double quotes around each group.',
  aka: { redbot: 'CACHE_GROUPS_BAD_TYPE' },
})

/** Cache-Groups: a List of Strings (RFC 9875 section 2). */
export const cacheGroups = check({
  id: 'http/cache-groups',
  rules: [typeBad],
  applies: ({ response }) => response.fields.has('cache-groups'),
  *run({ response }: Message) {
    const value = response.fields.get('cache-groups')
    if (value === undefined) return
    const members = parseList(value) ?? []
    if (members.some((member) => isInnerList(member) || member.item.type !== 'string'))
      yield typeBad.at('response.fields.cache-groups', { value: excerpt(value) })
  },
  examples: [
    { title: 'two groups', given: given({ fields: [['Cache-Groups', '"a", "b"']] }), yields: [] },
    { title: 'a bare name', given: given({ fields: [['Cache-Groups', 'a, "b"']] }), yields: [typeBad] },
  ],
})
