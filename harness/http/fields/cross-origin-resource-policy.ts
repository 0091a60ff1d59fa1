import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const unknown = rule({
  id: 'http/cross-origin-resource-policy-unknown',
  level: 'warning',
  reference: document(
    'Fetch Standard, Cross-Origin-Resource-Policy',
    'https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header',
  ),
  says: (e: { value: string }) => `Cross-Origin-Resource-Policy is "${e.value}", which browsers ignore.`,
  wants: 'The policy is same-origin, same-site or cross-origin, in lower case, once.',
  remedy: 'Send one of the three.',
  aka: { redbot: 'CROSS_ORIGIN_RESOURCE_POLICY_BAD_VALUE' },
})

const corp = document(
  'Fetch Standard, Cross-Origin-Resource-Policy',
  'https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header',
)
const sameOrigin = note(
  'http/cross-origin-resource-policy-same-origin',
  'CORP_SAME_ORIGIN',
  corp,
  () => 'Only the same origin may embed the resource.',
  'good',
)
const sameSite = note(
  'http/cross-origin-resource-policy-same-site',
  'CORP_SAME_SITE',
  corp,
  () => 'Only the same site may embed the resource.',
  'good',
)
const crossOrigin = note(
  'http/cross-origin-resource-policy-cross-origin',
  'CORP_CROSS_ORIGIN',
  corp,
  () => 'Any site may embed the resource.',
)
const policies = new Map<string, typeof sameOrigin | typeof sameSite | typeof crossOrigin>([
  ['same-origin', sameOrigin],
  ['same-site', sameSite],
  ['cross-origin', crossOrigin],
])

/** Cross-Origin-Resource-Policy: one of three words, with their case (Fetch Standard). */
export const crossOriginResourcePolicy = check({
  id: 'http/cross-origin-resource-policy',
  rules: [unknown, sameOrigin, sameSite, crossOrigin],
  applies: ({ response }) => response.fields.has('cross-origin-resource-policy'),
  *run({ response }: Message) {
    const [value] = response.fields.all('cross-origin-resource-policy')
    if (value === undefined) return
    const place = 'response.fields.cross-origin-resource-policy'
    const found = policies.get(value)
    yield found === undefined ? unknown.at(place, { value: excerpt(value) }) : found.at(place)
  },
  examples: [
    {
      title: 'same-site',
      given: given({ fields: [['Cross-Origin-Resource-Policy', 'same-site']] }),
      yields: [sameSite],
    },
    { title: 'none', given: given(), yields: [] },
    {
      title: 'same-origin',
      given: given({ fields: [['Cross-Origin-Resource-Policy', 'same-origin']] }),
      yields: [sameOrigin],
    },
    {
      title: 'cross-origin',
      given: given({ fields: [['Cross-Origin-Resource-Policy', 'cross-origin']] }),
      yields: [crossOrigin],
    },
    {
      title: 'capitals',
      given: given({ fields: [['Cross-Origin-Resource-Policy', 'Same-Origin']] }),
      yields: [unknown],
    },
    {
      title: 'a list',
      given: given({ fields: [['Cross-Origin-Resource-Policy', 'same-site, same-origin']] }),
      yields: [unknown],
    },
  ],
})
