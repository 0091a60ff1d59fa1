import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { mediaName } from '../grammar/media-range.ts'
import { isInnerList, parseList } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.accept-query'
const reference = document(
  'The HTTP QUERY Method section 3',
  'https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-safe-method-w-body#section-3',
)

const typeBad = rule({
  id: 'http/accept-query-type-bad',
  level: 'warning',
  reference,
  says: (e: { value: string }) => `Accept-Query is "${e.value}", with a member that is neither a name nor a text.`,
  wants: 'Accept-Query lists media ranges, bare or in quotes.',
  remedy: 'List media ranges.',
  aka: { redbot: 'ACCEPT_QUERY_BAD_TYPE' },
})
const malformed = rule({
  id: 'http/accept-query-malformed',
  level: 'warning',
  reference,
  says: (e: { member: string }) => `Accept-Query names "${e.member}", which is no media range.`,
  wants: 'Accept-Query lists media ranges that QUERY requests may have.',
  remedy: 'Write type/subtype, separated by commas.',
  aka: { redbot: 'ACCEPT_QUERY_BAD_SYNTAX' },
})

/** Accept-Query: a List of media ranges, as Tokens or Strings. */
export const acceptQuery = check({
  id: 'http/accept-query',
  rules: [typeBad, malformed],
  applies: ({ response }) => response.fields.has('accept-query'),
  *run({ response }: Message) {
    const value = response.fields.get('accept-query')
    if (value === undefined) return
    for (const member of parseList(value) ?? []) {
      const item = isInnerList(member) ? undefined : member.item
      if (item?.type !== 'token' && item?.type !== 'string') yield typeBad.at(place, { value: excerpt(value) })
      else if (mediaName(item.text, true) === 'not-a-media-type')
        yield malformed.at(place, { member: excerpt(item.text) })
    }
  },
  examples: [
    { title: 'ranges', given: given({ fields: [['Accept-Query', 'text/*, "application/sql";a="b"']] }), yields: [] },
    { title: 'a number', given: given({ fields: [['Accept-Query', '1']] }), yields: [typeBad] },
    { title: 'a star', given: given({ fields: [['Accept-Query', '*']] }), yields: [malformed] },
  ],
})
