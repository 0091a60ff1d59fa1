import { check, rfc, rule } from '../../kernel/index.ts'
import { requestOnlyFields } from '../grammar/field-sides.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const present = rule({
  id: 'http/request-fields-present',
  level: 'warning',
  reference: rfc(9110, '10.1'),
  says: (e: { field: string }) => `${e.field} is in the response, and only means something in a request.`,
  wants: 'Responses carry no request fields.',
  remedy: 'Drop the field; often Access-Control-Allow-... or Vary was meant, or a proxy echoes the request.',
  aka: { redbot: 'REQUEST_HDR_IN_RESPONSE' },
})

const other = rule({
  id: 'http/request-fields-other',
  level: 'warning',
  reference: rfc(9110, '10.1'),
  says: (e: { field: string }) => `${e.field} is in the response, and only means something in a request.`,
  wants: 'Responses carry no request fields.',
  remedy: 'Drop the field; often a proxy echoes the request.',
})

const others = new Set(
  (
    'upgrade-insecure-requests sec-fetch-mode sec-fetch-site sec-fetch-dest sec-fetch-user x-forwarded-for ' +
    'x-forwarded-proto x-forwarded-host forwarded'
  ).split(' '),
)

/** Fields of requests, in a response (RFC 9110 section 10.1). Their values may be secret and are not shown. */
export const requestFields = check({
  id: 'http/request-fields',
  rules: [present, other],
  *run({ response }: Message) {
    for (const field of response.fields.names()) {
      if (requestOnlyFields.has(field)) yield present.at(`response.fields.${field}`, { field })
      if (others.has(field)) yield other.at(`response.fields.${field}`, { field })
    }
  },
  examples: [
    { title: 'Accept-Encoding, which may be', given: given({ fields: [['Accept-Encoding', 'gzip']] }), yields: [] },
    { title: 'User-Agent', given: given({ fields: [['User-Agent', 'a']] }), yields: [present] },
    { title: 'a forwarded address', given: given({ fields: [['X-Forwarded-For', '10.0.0.1']] }), yields: [other] },
  ],
})
