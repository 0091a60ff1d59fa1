import { check, document, rule } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { isPage } from '../page.ts'

const missing = rule({
  id: 'http/absent-referrer-policy-missing',
  level: 'info',
  reference: document('Referrer Policy', 'https://www.w3.org/TR/referrer-policy/'),
  says: () => 'The page has no Referrer-Policy, so each browser decides what other sites learn of its address.',
  wants: 'HTML pages carry a Referrer-Policy.',
  remedy: 'Send Referrer-Policy: strict-origin-when-cross-origin, or stricter.',
})

/** Referrer-Policy on pages. */
export const absentReferrerPolicy = check({
  id: 'http/absent-referrer-policy',
  rules: [missing],
  *run(message: Message) {
    if (isPage(message) && !message.response.fields.has('referrer-policy'))
      yield missing.at('response.fields.referrer-policy')
  },
  examples: [
    {
      title: 'there',
      given: given({
        fields: [
          ['Content-Type', 'text/html'],
          ['Referrer-Policy', 'no-referrer'],
        ],
      }),
      yields: [],
    },
    { title: 'no page', given: given({ fields: [['Content-Type', 'text/css']] }), yields: [] },
    { title: 'not there', given: given({ fields: [['Content-Type', 'text/html']] }), yields: [missing] },
  ],
})
