import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.connection'

const malformed = rule({
  id: 'http/connection-malformed',
  level: 'error',
  reference: rfc(9110, '7.6.1'),
  says: (e: { value: string }) => `Connection is "${e.value}", not a list of options.`,
  wants: 'Connection lists options, which are tokens.',
  remedy: 'Send close, keep-alive, upgrade or names of hop-by-hop fields, separated by commas.',
})

const endToEnd = rule({
  id: 'http/connection-end-to-end',
  level: 'error',
  reference: rfc(9110, '7.6.1'),
  says: (e: { option: string }) => `Connection names ${e.option}, so every proxy on the way removes that field.`,
  wants: 'Connection names only fields meant for the next hop.',
  remedy: 'Take the field out of Connection.',
})

const contradictory = rule({
  id: 'http/connection-contradictory',
  level: 'warning',
  reference: rfc(9112, '9.3'),
  says: (e: { value: string }) => `Connection is "${e.value}": close and keep-alive at once.`,
  wants: 'The connection is either kept or closed.',
  remedy: 'Send one of the two; close wins where both are read.',
})

const forAll = new Set([
  'cache-control',
  'content-type',
  'content-length',
  'content-encoding',
  'date',
  'etag',
  'expires',
  'last-modified',
  'location',
  'set-cookie',
  'vary',
  'www-authenticate',
  'strict-transport-security',
  'content-security-policy',
])

/** Connection: `#connection-option` (RFC 9110 section 7.6.1). */
export const connection = check({
  id: 'http/connection',
  rules: [malformed, endToEnd, contradictory],
  applies: ({ response }) => response.fields.has('connection'),
  *run({ response }: Message) {
    const value = response.fields.get('connection')
    if (value === undefined) return
    const options = splitList(value).map((option) => option.toLowerCase())
    if (!options.every(isToken)) yield malformed.at(place, { value: excerpt(value) })
    for (const option of new Set(options)) if (forAll.has(option)) yield endToEnd.at(place, { option })
    if (options.includes('close') && options.includes('keep-alive')) {
      yield contradictory.at(place, { value: excerpt(value) })
    }
  },
  examples: [
    { title: 'keep-alive', given: given({ fields: [['Connection', 'Keep-Alive']] }), yields: [] },
    {
      title: 'upgrade and a hop-by-hop field',
      given: given({ fields: [['Connection', 'Upgrade, X-Hop']] }),
      yields: [],
    },
    { title: 'a sentence', given: given({ fields: [['Connection', 'keep alive']] }), yields: [malformed] },
    { title: 'Cache-Control', given: given({ fields: [['Connection', 'close, Cache-Control']] }), yields: [endToEnd] },
    {
      title: 'both on two lines',
      given: given({
        fields: [
          ['Connection', 'close'],
          ['Connection', 'keep-alive'],
        ],
      }),
      yields: [contradictory],
    },
  ],
})
