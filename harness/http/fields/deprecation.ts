import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { formatHttpDate } from '../grammar/http-date.ts'
import { parseItem } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.deprecation'
const base = { level: 'warning', reference: rfc(9745, '2') } as const
const remedy = 'Move to what replaces the resource; Link and Sunset may tell more.'

const past = rule({
  ...base,
  id: 'http/deprecation-past',
  says: (e: { date: string }) => `The resource is deprecated since ${e.date}.`,
  wants: 'What is used is not deprecated.',
  remedy,
  aka: { redbot: 'DEPRECATION_PAST' },
})
const future = rule({
  ...base,
  id: 'http/deprecation-future',
  says: (e: { date: string }) => `The resource will be deprecated at ${e.date}.`,
  wants: 'What is used is not deprecated.',
  remedy,
  aka: { redbot: 'DEPRECATION_FUTURE' },
})
const bare = rule({
  ...base,
  id: 'http/deprecation-undated',
  says: () => 'The resource is deprecated, in the form of a draft that gives no date.',
  wants: 'Deprecation is a date.',
  remedy: 'Send the date: Deprecation: @1767225600.',
  aka: { redbot: 'DEPRECATION_TRUE' },
})
const typeBad = rule({
  ...base,
  id: 'http/deprecation-type-bad',
  says: (e: { value: string }) => `Deprecation is "${e.value}", not a date.`,
  wants: 'Deprecation is a date.',
  remedy: 'Send seconds since 1970 after an at sign: Deprecation: @1767225600.',
  aka: { redbot: 'DEPRECATION_BAD_TYPE' },
})

/** Deprecation: a Date Item (RFC 9745 section 2). */
export const deprecation = check({
  id: 'http/deprecation',
  rules: [past, future, bare, typeBad],
  applies: ({ response }) => response.fields.has('deprecation'),
  *run({ now, response }: Message) {
    const value = response.fields.get('deprecation')
    const item = value === undefined ? undefined : parseItem(value)?.item
    if (value === undefined || item === undefined) return
    if (item.type === 'date') {
      const ms = Number(item.text) * 1000
      yield (ms > now ? future : past).at(place, { date: formatHttpDate(ms) })
    } else if (item.type === 'boolean' && item.text === '1') yield bare.at(place)
    else yield typeBad.at(place, { value: excerpt(value) })
  },
  examples: [
    { title: 'none', given: given(), yields: [] },
    { title: 'last year', given: given({ fields: [['Deprecation', '@1735689600']] }), yields: [past] },
    { title: 'next year', given: given({ fields: [['Deprecation', '@1798761600']] }), yields: [future] },
    { title: 'the draft', given: given({ fields: [['Deprecation', '?1']] }), yields: [bare] },
    { title: 'a word', given: given({ fields: [['Deprecation', 'true']] }), yields: [typeBad] },
  ],
})
