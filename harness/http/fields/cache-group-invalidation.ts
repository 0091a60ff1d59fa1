import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { isInnerList, parseList } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.cache-group-invalidation'

const typeBad = rule({
  id: 'http/cache-group-invalidation-type-bad',
  level: 'warning',
  reference: rfc(9875, '3'),
  says: (e: { value: string }) => `Cache-Group-Invalidation is "${e.value}", with a member that is not in quotes.`,
  wants: 'The groups to invalidate are Strings.',
  remedy: 'Put double quotes around each group.',
  aka: { redbot: 'CACHE_GROUP_INVALIDATION_BAD_TYPE' },
})
const ignored = rule({
  id: 'http/cache-group-invalidation-ignored',
  level: 'warning',
  reference: rfc(9875, '3'),
  says: (e: { method: string }) => `Cache-Group-Invalidation answers ${e.method}, where caches ignore it.`,
  wants: 'Groups are invalidated by answers to methods that change something.',
  remedy: 'Send it with the answer to POST, PUT, PATCH or DELETE.',
  aka: { redbot: 'CACHE_GROUP_INVALIDATION_IGNORED' },
})

/** Cache-Group-Invalidation: a List of Strings, after an unsafe method (RFC 9875 section 3). */
export const cacheGroupInvalidation = check({
  id: 'http/cache-group-invalidation',
  rules: [typeBad, ignored],
  applies: ({ response }) => response.fields.has('cache-group-invalidation'),
  *run({ request: { method }, response }: Message) {
    const value = response.fields.get('cache-group-invalidation')
    const members = value === undefined ? undefined : parseList(value)
    if (value === undefined || members === undefined) return
    if (['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method)) yield ignored.at(place, { method })
    if (members.some((member) => isInnerList(member) || member.item.type !== 'string'))
      yield typeBad.at(place, { value: excerpt(value) })
  },
  examples: [
    { title: 'a group', given: given({ method: 'POST', fields: [['Cache-Group-Invalidation', '"a"']] }), yields: [] },
    { title: 'to GET', given: given({ fields: [['Cache-Group-Invalidation', '"a"']] }), yields: [ignored] },
    {
      title: 'a bare name',
      given: given({ method: 'POST', fields: [['Cache-Group-Invalidation', 'a']] }),
      yields: [typeBad],
    },
  ],
})
