import { check, rfc, rule } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const missing = rule({
  id: 'http/request-user-agent-missing',
  level: 'info',
  reference: rfc(9110, '10.1.5'),
  says: () => 'The request has no User-Agent.',
  wants: 'A client says what it is in each request.',
  remedy: 'Send User-Agent with a name and a version.',
  aka: { redbot: 'MISSING_USER_AGENT' },
})

/** User-Agent: a client should send it (RFC 9110 section 10.1.5). */
export const requestUserAgent = check({
  id: 'http/request-user-agent',
  rules: [missing],
  *run({ request }: Message) {
    if (!request.fields.has('user-agent')) yield missing.at('request.fields.user-agent')
  },
  examples: [
    { title: 'a name', given: given({ requestFields: [['User-Agent', 'a/1']] }), yields: [] },
    { title: 'none', given: given(), yields: [missing] },
  ],
})
