import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.x-content-type-options'
const reference = document(
  'Fetch Standard, X-Content-Type-Options',
  'https://fetch.spec.whatwg.org/#x-content-type-options-header',
)

const unknown = rule({
  id: 'http/x-content-type-options-unknown',
  level: 'error',
  reference,
  says: (e: { value: string }) => `X-Content-Type-Options is "${e.value}", so browsers go on guessing types.`,
  wants: 'X-Content-Type-Options is nosniff.',
  remedy: 'Send "nosniff".',
  aka: { redbot: 'CONTENT_TYPE_OPTIONS_UNKNOWN' },
})

const nosniff = rule({
  id: 'http/x-content-type-options-nosniff',
  level: 'good',
  reference,
  says: () => 'X-Content-Type-Options is nosniff: browsers take the type as it is given.',
  wants: 'X-Content-Type-Options is nosniff.',
  remedy: 'Nothing to do.',
  aka: { redbot: 'CONTENT_TYPE_OPTIONS' },
})

const capitals = rule({
  id: 'http/x-content-type-options-capitals',
  level: 'info',
  reference,
  says: (e: { value: string }) =>
    `X-Content-Type-Options is "${e.value}": browsers heed it, and readers that compare letter by letter do not know it.`,
  wants: 'X-Content-Type-Options is nosniff, in small letters.',
  remedy: 'Write it in small letters.',
  aka: { redbot: 'CONTENT_TYPE_OPTIONS_UNKNOWN' },
})

const amongOthers = rule({
  id: 'http/x-content-type-options-among-others',
  level: 'info',
  reference,
  says: (e: { value: string }) => `X-Content-Type-Options is "${e.value}": nosniff is there, and not first.`,
  wants: 'X-Content-Type-Options is nosniff and nothing else.',
  remedy: 'Send "nosniff" alone.',
  aka: { redbot: 'CONTENT_TYPE_OPTIONS' },
})

const notFirst = rule({
  id: 'http/x-content-type-options-not-first',
  level: 'error',
  reference,
  says: (e: { value: string }) =>
    `X-Content-Type-Options is "${e.value}": browsers read the first value only, so they go on guessing types.`,
  wants: 'The first value is nosniff.',
  remedy: 'Send "nosniff" alone.',
})

/** X-Content-Type-Options: its first member, without regard to case (Fetch Standard). */
export const xContentTypeOptions = check({
  id: 'http/x-content-type-options',
  rules: [unknown, nosniff, capitals, amongOthers, notFirst],
  applies: ({ response }) => response.fields.has('x-content-type-options'),
  *run({ response }: Message) {
    const value = response.fields.get('x-content-type-options')
    if (value === undefined) return
    const values = splitList(value)
    const seen = { value: excerpt(value) }
    const heeded = values[0]?.toLowerCase() === 'nosniff'
    if (values.includes('nosniff')) {
      if (heeded) yield nosniff.at(place)
      else {
        yield amongOthers.at(place, seen)
        yield notFirst.at(place, seen)
      }
    } else yield (heeded ? capitals : unknown).at(place, seen)
  },
  examples: [
    { title: 'none', given: given(), yields: [] },
    {
      title: 'in capitals, and as it should be',
      given: given({
        fields: [
          ['X-Content-Type-Options', 'NoSniff'],
          ['X-Content-Type-Options', 'nosniff'],
        ],
      }),
      yields: [nosniff],
    },
    {
      title: 'in capitals',
      given: given({ fields: [['X-Content-Type-Options', 'NoSniff']] }),
      yields: [capitals],
    },
    {
      title: 'behind another value, where browsers do not look',
      given: given({ fields: [['X-Content-Type-Options', 'foo, nosniff']] }),
      yields: [amongOthers, notFirst],
    },
    {
      title: 'a spelling mistake',
      given: given({ fields: [['X-Content-Type-Options', 'no-sniff']] }),
      yields: [unknown],
    },
  ],
})
