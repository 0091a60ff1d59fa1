import { check, document } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { permissionsPolicyOf } from '../grammar/permissions-policy.ts'
import { isInnerList } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.permissions-policy'
const reference = document(
  'Permissions Policy, structured header serialization',
  'https://www.w3.org/TR/permissions-policy/#structured-header-serialization',
)
type Seen = { readonly feature: string }
const told = <const State extends string>(state: State, redbot: string, what: string) =>
  note(
    `http/permissions-policy-detail-${state}`,
    redbot,
    reference,
    (e: Seen) => `The policy for ${e.feature} ${what}.`,
  )

const present = note(
  'http/permissions-policy-detail-present',
  'PERMISSIONS_POLICY_PRESENT',
  reference,
  () => 'A Permissions-Policy is there.',
  'good',
)
const wildcard = told('wildcard', 'PERMISSIONS_POLICY_WILDCARD', 'allows it to every site')
const valueBad = told('value-bad', 'PERMISSIONS_POLICY_INVALID_VALUE', 'is neither a list in parentheses nor a star')
const tokenUnknown = told('token-unknown', 'PERMISSIONS_POLICY_UNKNOWN_TOKEN', 'names a keyword that is not defined')
const keywordQuoted = told(
  'keyword-quoted',
  'PERMISSIONS_POLICY_QUOTED_KEYWORD',
  'has a keyword in quotes, where it is an address',
)
const itemBad = told(
  'item-bad',
  'PERMISSIONS_POLICY_INVALID_ITEM_TYPE',
  'has an item that is neither keyword nor address',
)

const sensitive = new Set(
  'camera microphone geolocation payment usb serial magnetometer accelerometer gyroscope screen-wake-lock'.split(' '),
)
const keywords = new Set(['self', 'src', '*', 'none'])

/** Permissions-Policy, feature by feature. */
export const permissionsPolicyDetail = check({
  id: 'http/permissions-policy-detail',
  rules: [present, wildcard, valueBad, tokenUnknown, keywordQuoted, itemBad],
  applies: ({ response }) => response.fields.has('permissions-policy'),
  *run({ response }: Message) {
    const members = permissionsPolicyOf(response.fields)?.members
    if (members === undefined || members.size === 0) return
    yield present.at(place)
    for (const [name, member] of members) {
      const seen = { feature: excerpt(name) }
      if (!isInnerList(member)) {
        const star = member.item.type === 'token' && member.item.text === '*'
        if (!star) yield valueBad.at(place, seen)
        else if (sensitive.has(name)) yield wildcard.at(place, seen)
        continue
      }
      for (const { item } of member.items) {
        if (item.type === 'token') {
          if (item.text !== 'self' && item.text !== 'src') yield tokenUnknown.at(place, seen)
        } else if (item.type !== 'string') yield itemBad.at(place, seen)
        else if (keywords.has(item.text)) yield keywordQuoted.at(place, seen)
      }
    }
  },
  examples: [
    { title: 'none', given: given(), yields: [] },
    { title: 'lists', given: policy('camera=(), usb=(self "https://a.test")'), yields: [present] },
    { title: 'a star', given: policy('camera=*, fullscreen=*'), yields: [present, wildcard] },
    { title: 'a bare word', given: policy('camera=self'), yields: [present, valueBad] },
    {
      title: 'odd items',
      given: policy('camera=(none "self" 1)'),
      yields: [present, tokenUnknown, keywordQuoted, itemBad],
    },
  ],
})

function policy(value: string): Message {
  return given({ fields: [['Permissions-Policy', value]] })
}
