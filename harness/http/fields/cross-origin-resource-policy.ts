import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

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

const policies = new Set(['same-origin', 'same-site', 'cross-origin'])

/** Cross-Origin-Resource-Policy: one of three words, with their case (Fetch Standard). */
export const crossOriginResourcePolicy = check({
  id: 'http/cross-origin-resource-policy',
  rules: [unknown],
  *run({ response }: Message) {
    const value = response.fields.get('cross-origin-resource-policy')
    if (value !== undefined && !policies.has(value)) {
      yield unknown.at('response.fields.cross-origin-resource-policy', { value: excerpt(value) })
    }
  },
  examples: [
    { title: 'same-site', given: given({ fields: [['Cross-Origin-Resource-Policy', 'same-site']] }), yields: [] },
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
