import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

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

const strict = note(
  'http/referrer-policy-strict',
  'REFERRER_POLICY_STRICT',
  reference,
  (e: { policy: string }) => `Browsers keep addresses back: ${e.policy}.`,
  'good',
)
const none = note(
  'http/referrer-policy-none',
  'REFERRER_POLICY_EMPTY',
  reference,
  () => 'Referrer-Policy names no policy that browsers know; they use their own.',
)
const several = note(
  'http/referrer-policy-several',
  'REFERRER_POLICY_MULTIPLE',
  reference,
  (e: { policy: string }) => `Referrer-Policy names several policies; ${e.policy} counts.`,
)
const newWord = note(
  'http/referrer-policy-new-word',
  'REFERRER_POLICY_UNKNOWN',
  reference,
  (e: { policy: string }) => `Referrer-Policy names ${e.policy}, which is passed over for one that browsers know.`,
)
const strictOnes = new Set(['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin'])

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
  rules: [unknown, unsafe, strict, none, several, newWord],
  applies: ({ response }) => response.fields.has('referrer-policy'),
  *run({ response }: Message) {
    const value = response.fields.get('referrer-policy')
    if (value === undefined) return
    const named = splitList(value.toLowerCase())
    const policies = named.filter((policy) => known.has(policy))
    const strange = named.find((policy) => !known.has(policy))
    if (strange !== undefined && policies.length > 0) yield newWord.at(place, { policy: excerpt(strange) })
    else if (strange !== undefined) yield unknown.at(place, { value: excerpt(strange) })
    const policy = policies.at(-1)
    if (policy === undefined) {
      yield none.at(place)
      return
    }
    if (policies.length > 1) yield several.at(place, { policy })
    if (policy === 'unsafe-url') yield unsafe.at(place)
    if (strictOnes.has(policy)) yield strict.at(place, { policy })
  },
  examples: [
    { title: 'no-referrer', given: given({ fields: [['Referrer-Policy', 'no-referrer']] }), yields: [strict] },
    {
      title: 'a fallback for older browsers, then a new word',
      given: given({ fields: [['Referrer-Policy', 'origin, some-future-policy']] }),
      yields: [newWord],
    },
    {
      title: 'unsafe-url that a later policy replaces',
      given: given({ fields: [['Referrer-Policy', 'unsafe-url, same-origin']] }),
      yields: [several, strict],
    },
    { title: 'underscores', given: given({ fields: [['Referrer-Policy', 'no_referrer']] }), yields: [unknown, none] },
    { title: 'nothing', given: given({ fields: [['Referrer-Policy', '']] }), yields: [none] },
    { title: 'unsafe-url', given: given({ fields: [['Referrer-Policy', 'unsafe-url']] }), yields: [unsafe] },
    { title: 'none', given: given(), yields: [] },
  ],
})
