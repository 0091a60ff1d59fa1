import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { mediaName } from '../grammar/media-range.ts'
import { parameter, parseParameters } from '../grammar/parameters.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const range = rule({
  id: 'http/request-accept-range-malformed',
  level: 'warning',
  reference: rfc(9110, '12.5.1'),
  says: (e: { member: string }) => `Accept names "${e.member}", which is no media range.`,
  wants: 'Accept lists media ranges: type/subtype, type/* or */*.',
  remedy: 'Write type/subtype.',
  aka: { redbot: 'ACCEPT_BAD_SYNTAX' },
})
const weight = rule({
  id: 'http/request-accept-weight-malformed',
  level: 'warning',
  reference: rfc(9110, '12.4.2'),
  says: (e: { field: string; member: string }) =>
    `${e.field} weighs "${e.member}", not from 0 to 1 with three decimals.`,
  wants: 'A weight lies between 0 and 1 and has at most three decimals.',
  remedy: 'Write q=0.5.',
  aka: { redbot: 'BAD_Q_VALUE' },
})
const language = rule({
  id: 'http/request-accept-language-parameter',
  level: 'warning',
  reference: rfc(9110, '12.5.4'),
  says: (e: { member: string }) => `Accept-Language holds "${e.member}", with a parameter other than q.`,
  wants: 'A language range has a weight and nothing else.',
  remedy: 'Drop the parameter.',
  aka: { redbot: 'ACCEPT_LANGUAGE_BAD_SYNTAX' },
})

const qvalue = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/

/** Accept and Accept-Language: ranges and weights (RFC 9110 sections 12.4.2, 12.5.1 and 12.5.4). */
export const requestAccept = check({
  id: 'http/request-accept',
  rules: [range, weight, language],
  applies: ({ request: { fields } }) => fields.has('accept') || fields.has('accept-language'),
  *run({ request: { fields } }: Message) {
    for (const field of ['accept', 'accept-language']) {
      const place = `request.fields.${field}`
      for (const member of splitList(fields.get(field) ?? '')) {
        const [name = '', ...rest] = splitList(member, ';')
        const parameters = parseParameters(rest)
        const seen = { member: excerpt(member) }
        const q = parameter(parameters, 'q')
        if (q !== undefined && !qvalue.test(q)) yield weight.at(place, { field, ...seen })
        if (field === 'accept' && mediaName(name, true) === 'not-a-media-type') yield range.at(place, seen)
        if (field === 'accept-language' && parameters.all.some((each) => each.name !== 'q'))
          yield language.at(place, seen)
      }
    }
  },
  examples: [
    {
      title: 'a browser',
      given: given({
        requestFields: [
          ['Accept', 'text/html;level=1, image/*;q=0.8, */*;q=0'],
          ['Accept-Language', 'de-CH, en;q=0.25'],
        ],
      }),
      yields: [],
    },
    { title: 'a word', given: given({ requestFields: [['Accept', 'json']] }), yields: [range] },
    { title: 'a weight over 1', given: given({ requestFields: [['Accept-Language', 'en;q=2']] }), yields: [weight] },
    { title: 'a level', given: given({ requestFields: [['Accept-Language', 'en;level=1']] }), yields: [language] },
  ],
})
