import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const obsolete = rule({
  id: 'http/x-xss-protection-obsolete',
  level: 'info',
  reference: document(
    'OWASP HTTP Headers Cheat Sheet, X-XSS-Protection',
    'https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html#x-xss-protection',
  ),
  says: (e: { value: string }) =>
    `X-XSS-Protection is "${e.value}"; browsers have dropped the filter, which opened holes of its own.`,
  wants: 'The filter is off, or the field absent.',
  remedy: 'Drop the field, and send a Content-Security-Policy.',
})

/** X-XSS-Protection: a filter that browsers no longer have. */
export const xXssProtection = check({
  id: 'http/x-xss-protection',
  rules: [obsolete],
  applies: ({ response }) => response.fields.has('x-xss-protection'),
  *run({ response }: Message) {
    const value = response.fields.get('x-xss-protection')
    if (value !== undefined && value !== '0')
      yield obsolete.at('response.fields.x-xss-protection', { value: excerpt(value) })
  },
  examples: [
    { title: 'off', given: given({ fields: [['X-XSS-Protection', '0']] }), yields: [] },
    { title: 'on', given: given({ fields: [['X-XSS-Protection', '1; mode=block']] }), yields: [obsolete] },
  ],
})
