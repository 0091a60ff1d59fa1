import { check, rfc, rule } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const missing = rule({
  id: 'http/absent-strict-transport-security-missing',
  level: 'warning',
  reference: rfc(6797, '7.1'),
  says: () =>
    'There is no Strict-Transport-Security, so the next visit can begin over plain http, where it can be caught.',
  wants: 'https responses carry Strict-Transport-Security.',
  remedy: 'Send Strict-Transport-Security: max-age=31536000; includeSubDomains (begin with a short time).',
})

/** HSTS on https; over http it would mean nothing (RFC 6797 section 7). */
export const absentStrictTransportSecurity = check({
  id: 'http/absent-strict-transport-security',
  rules: [missing],
  *run({ url, response }: Message) {
    // Browsers keep none for an IP address; here an address stands for the name that users will type.
    if (url.protocol !== 'https:' || response.status === 304 || response.status >= 400) return
    if (!response.fields.has('strict-transport-security')) yield missing.at('response.fields.strict-transport-security')
  },
  examples: [
    { title: 'plain http', given: given(), yields: [] },
    {
      title: 'there',
      given: given({ url: 'https://origin.test/', fields: [['Strict-Transport-Security', 'max-age=1']] }),
      yields: [],
    },
    {
      title: 'an address, behind which there will be a name',
      given: given({ url: 'https://127.0.0.1:8443/' }),
      yields: [missing],
    },
    {
      title: 'a redirect on https, where it counts too',
      given: given({ url: 'https://origin.test/', status: 301 }),
      yields: [missing],
    },
    { title: 'not there', given: given({ url: 'https://origin.test/' }), yields: [missing] },
  ],
})
