import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.referrer-policy'
const reference = document(
  'Referrer Policy section 4.1',
  'https://www.w3.org/TR/referrer-policy/#referrer-policy-delivery-referrer-policy-header',
)

const unknown = rule({
  id: 'http/referrer-policy-unknown',
  level: 'warning',
  reference,
  says: (e: { value: string }) => `Referrer-Policy is "${e.value}", and browsers know no policy in it.`,
  wants: 'At least one policy is known, such as strict-origin-when-cross-origin.',
  remedy: 'Correct the spelling: hyphens, no underscores, no quotes.',
  aka: { redbot: 'REFERRER_POLICY_UNKNOWN' },
})

const unsafe = rule({
  id: 'http/referrer-policy-unsafe',
  level: 'warning',
  reference: document(
    'Referrer Policy section 3.8',
    'https://www.w3.org/TR/referrer-policy/#referrer-policy-unsafe-url',
  ),
  says: () => 'Referrer-Policy is unsafe-url: full addresses leak to every site, even over plain http.',
  wants: 'Other sites learn the origin at most.',
  remedy: 'Send strict-origin-when-cross-origin, or stricter.',
  aka: { redbot: 'REFERRER_POLICY_UNSAFE' },
})

const known = new Set([
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
])

/** Referrer-Policy: `1#policy`; the last one that a browser knows counts. */
export const referrerPolicy = check({
  id: 'http/referrer-policy',
  rules: [unknown, unsafe],
  *run({ response }: Message) {
    const value = response.fields.get('referrer-policy')
    if (value === undefined) return
    const effective = splitList(value.toLowerCase()).findLast((policy) => known.has(policy))
    if (effective === undefined) yield unknown.at(place, { value: excerpt(value) })
    if (effective === 'unsafe-url') yield unsafe.at(place)
  },
  examples: [
    { title: 'no-referrer', given: given({ fields: [['Referrer-Policy', 'no-referrer']] }), yields: [] },
    {
      title: 'a fallback for older browsers, then a new word',
      given: given({ fields: [['Referrer-Policy', 'origin, some-future-policy']] }),
      yields: [],
    },
    {
      title: 'unsafe-url that a later policy replaces',
      given: given({ fields: [['Referrer-Policy', 'unsafe-url, same-origin']] }),
      yields: [],
    },
    { title: 'underscores', given: given({ fields: [['Referrer-Policy', 'no_referrer']] }), yields: [unknown] },
    { title: 'nothing', given: given({ fields: [['Referrer-Policy', '']] }), yields: [unknown] },
    { title: 'unsafe-url', given: given({ fields: [['Referrer-Policy', 'unsafe-url']] }), yields: [unsafe] },
  ],
})
