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

/** X-Content-Type-Options: its first member, without regard to case (Fetch Standard). */
export const xContentTypeOptions = check({
  id: 'http/x-content-type-options',
  rules: [unknown, nosniff],
  applies: ({ response }) => response.fields.has('x-content-type-options'),
  *run({ response }: Message) {
    const value = response.fields.get('x-content-type-options')
    if (value === undefined) return
    const first = splitList(value)[0]?.toLowerCase()
    yield first === 'nosniff' ? nosniff.at(place) : unknown.at(place, { value: excerpt(value) })
  },
  examples: [
    { title: 'none', given: given(), yields: [] },
    {
      title: 'in capitals, twice',
      given: given({
        fields: [
          ['X-Content-Type-Options', 'NoSniff'],
          ['X-Content-Type-Options', 'nosniff'],
        ],
      }),
      yields: [nosniff],
    },
    {
      title: 'a spelling mistake',
      given: given({ fields: [['X-Content-Type-Options', 'no-sniff']] }),
      yields: [unknown],
    },
  ],
})
