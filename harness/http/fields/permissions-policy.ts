import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Member } from '../grammar/structured-field.ts'
import { permissionsPolicyOf } from '../grammar/permissions-policy.ts'
import { isInnerList } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.permissions-policy'
const reference = document(
  'Permissions Policy, structured header serialization',
  'https://www.w3.org/TR/permissions-policy/#structured-header-serialization',
)

const malformed = rule({
  id: 'http/permissions-policy-malformed',
  level: 'error',
  reference: rfc(9651, '4.2.2'),
  says: (e: { value: string }) =>
    `Permissions-Policy is "${e.value}", which does not parse, so browsers ignore all of it.`,
  wants: 'Permissions-Policy is feature=(allowlist), separated by commas.',
  remedy: 'Write it as camera=(), geolocation=(self "https://maps.example"); the form of Feature-Policy is another.',
})

const valueBad = rule({
  id: 'http/permissions-policy-value-bad',
  level: 'warning',
  reference,
  says: (e: { feature: string; value: string }) =>
    `Permissions-Policy gives ${e.feature} "${e.value}", which browsers ignore.`,
  wants: 'An allowlist is *, or a list in parentheses of self, src and quoted origins.',
  remedy: 'Write () for nobody, (self) for this origin; quote other origins and no keywords.',
})

const wildcard = rule({
  id: 'http/permissions-policy-wildcard',
  level: 'warning',
  reference,
  says: (e: { feature: string }) => `Permissions-Policy allows ${e.feature} to every origin.`,
  wants: 'Powerful features are for named origins.',
  remedy: 'Name the origins that need it, or write ().',
})

const repeated = rule({
  id: 'http/permissions-policy-repeated',
  level: 'warning',
  reference: rfc(9651, '3.2'),
  says: (e: { feature: string }) => `Permissions-Policy gives ${e.feature} more than once, and only the last counts.`,
  wants: 'Each feature is given once.',
  remedy: 'Join the allowlists.',
})

const powerful = new Set([
  'bluetooth',
  'camera',
  'display-capture',
  'geolocation',
  'hid',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
])

/** The first thing in an allowlist that browsers do not take; undefined when all is well. */
function oddity(member: Member): string | undefined {
  if (!isInnerList(member)) {
    const { type, text } = member.item
    return type === 'token' && (text === '*' || text === 'self') ? undefined : text
  }
  return member.items
    .map(({ item }) => item)
    .find(({ type, text }) =>
      type === 'token' ? !['self', 'src', '*'].includes(text) : type !== 'string' || !text.includes('://'),
    )?.text
}

/** Permissions-Policy: a Structured Field Dictionary of allowlists. */
export const permissionsPolicy = check({
  id: 'http/permissions-policy',
  rules: [malformed, valueBad, wildcard, repeated],
  applies: ({ response }) => response.fields.has('permissions-policy'),
  *run({ response }: Message) {
    const value = response.fields.get('permissions-policy')
    if (value === undefined) return
    const dictionary = permissionsPolicyOf(response.fields)
    if (dictionary === undefined) {
      yield malformed.at(place, { value: excerpt(value) })
      return
    }
    for (const [feature, member] of dictionary.members) {
      const odd = oddity(member)
      if (odd !== undefined) yield valueBad.at(place, { feature: excerpt(feature), value: excerpt(odd) })
      const all = isInnerList(member) ? member.items : [member]
      if (powerful.has(feature) && all.some(({ item }) => item.type === 'token' && item.text === '*')) {
        yield wildcard.at(place, { feature })
      }
    }
    for (const feature of dictionary.repeated) yield repeated.at(place, { feature: excerpt(feature) })
  },
  examples: [
    {
      title: 'a usual policy',
      given: given({
        fields: [['Permissions-Policy', 'camera=(), geolocation=(self "https://maps.test"), fullscreen=*']],
      }),
      yields: [],
    },
    {
      title: 'the form of Feature-Policy',
      given: given({ fields: [['Permissions-Policy', "camera 'none'; geolocation 'self'"]] }),
      yields: [malformed],
    },
    { title: 'a word', given: given({ fields: [['Permissions-Policy', 'camera=none']] }), yields: [valueBad] },
    {
      title: 'a quoted keyword',
      given: given({ fields: [['Permissions-Policy', 'camera=("self")']] }),
      yields: [valueBad],
    },
    {
      title: 'the camera for everybody',
      given: given({ fields: [['Permissions-Policy', 'camera=*']] }),
      yields: [wildcard],
    },
    {
      title: 'a feature twice',
      given: given({ fields: [['Permissions-Policy', 'camera=(self), camera=()']] }),
      yields: [repeated],
    },
  ],
})
