import { check, document, rule } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const missing = rule({
  id: 'http/absent-x-content-type-options-missing',
  level: 'warning',
  reference: document(
    'Fetch Standard, X-Content-Type-Options',
    'https://fetch.spec.whatwg.org/#x-content-type-options-header',
  ),
  says: () => 'There is no X-Content-Type-Options, so a browser may run as a script what was meant as something else.',
  wants: 'Content comes with X-Content-Type-Options: nosniff.',
  remedy: 'Send X-Content-Type-Options: nosniff.',
})

/** X-Content-Type-Options on content. */
export const absentXContentTypeOptions = check({
  id: 'http/absent-x-content-type-options',
  rules: [missing],
  *run({ request, response }: Message) {
    if (response.status !== 200 || request.method === 'OPTIONS' || !response.fields.has('content-type')) return
    if (!response.fields.has('x-content-type-options')) yield missing.at('response.fields.x-content-type-options')
  },
  examples: [
    {
      title: 'there',
      given: given({
        fields: [
          ['Content-Type', 'text/css'],
          ['X-Content-Type-Options', 'nosniff'],
        ],
      }),
      yields: [],
    },
    { title: 'a redirect', given: given({ status: 301, fields: [['Content-Type', 'text/html']] }), yields: [] },
    { title: 'not there', given: given({ fields: [['Content-Type', 'text/css']] }), yields: [missing] },
  ],
})
