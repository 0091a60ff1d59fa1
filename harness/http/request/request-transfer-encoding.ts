import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'request.fields.transfer-encoding'

const unasked = rule({
  id: 'http/request-transfer-encoding-unasked',
  level: 'warning',
  reference: rfc(9112, '6.1'),
  says: (e: { coding: string }) => `The request applies the transfer coding ${e.coding}; few servers can undo it.`,
  wants: 'Requests apply chunked alone.',
  remedy: 'Send "chunked" and nothing else.',
  aka: { redbot: 'TRANSFER_CODING_UNWANTED' },
})
const identity = rule({
  id: 'http/request-transfer-encoding-identity',
  level: 'warning',
  reference: rfc(9112, '7'),
  says: () => 'The request has the transfer coding identity, which was taken out of HTTP.',
  wants: 'A message without a transfer coding has no Transfer-Encoding.',
  remedy: 'Drop the field.',
  aka: { redbot: 'TRANSFER_CODING_IDENTITY' },
})
const parametrised = rule({
  id: 'http/request-transfer-encoding-parametrised',
  level: 'warning',
  reference: rfc(9112, '7'),
  says: (e: { value: string }) => `Transfer-Encoding is "${e.value}", with parameters that mean nothing.`,
  wants: 'Transfer codings have no parameters.',
  remedy: 'Drop the parameters.',
  aka: { redbot: 'TRANSFER_CODING_PARAM' },
})

const coded = (value: string): Message => given({ method: 'POST', requestFields: [['Transfer-Encoding', value]] })

/** Transfer-Encoding of a request (RFC 9112 sections 6.1 and 7). */
export const requestTransferEncoding = check({
  id: 'http/request-transfer-encoding',
  rules: [unasked, identity, parametrised],
  *run({ request: { fields } }: Message) {
    const value = fields.get('transfer-encoding')
    if (value === undefined) return
    const members = splitList(value.toLowerCase())
    if (members.some((member) => member.includes(';') && member.includes('=')))
      yield parametrised.at(place, { value: excerpt(value) })
    const codings = members.map((member) => splitList(member, ';')[0] ?? '')
    if (codings.includes('identity')) yield identity.at(place)
    const other = codings.find((coding) => coding !== 'chunked' && coding !== 'identity')
    if (other !== undefined) yield unasked.at(place, { coding: excerpt(other) })
  },
  examples: [
    { title: 'chunked', given: coded('Chunked'), yields: [] },
    { title: 'gzip', given: coded('gzip, chunked'), yields: [unasked] },
    { title: 'identity', given: coded('identity'), yields: [identity] },
    { title: 'a parameter', given: coded('chunked; a=b'), yields: [parametrised] },
  ],
})
