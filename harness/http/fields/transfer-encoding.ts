import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.transfer-encoding'

const unknown = rule({
  id: 'http/transfer-encoding-unknown',
  level: 'error',
  reference: rfc(9112, '7'),
  says: (e: { coding: string }) => `Transfer-Encoding holds "${e.coding}", which nobody can undo.`,
  wants: 'Transfer codings are chunked, gzip, deflate or compress.',
  remedy: 'Send "chunked" and nothing else.',
})

const identity = rule({
  id: 'http/transfer-encoding-identity',
  level: 'error',
  reference: rfc(9112, '7'),
  says: () => 'Transfer-Encoding holds identity, which was taken out of HTTP.',
  wants: 'A message without a transfer coding has no Transfer-Encoding.',
  remedy: 'Drop the field.',
  aka: { redbot: 'TRANSFER_CODING_IDENTITY' },
})

const early = rule({
  id: 'http/transfer-encoding-early-chunked',
  level: 'error',
  reference: rfc(9112, '6.1'),
  says: (e: { value: string }) =>
    `Transfer-Encoding is "${e.value}": chunked is not the last, so only the end of the connection ends the content.`,
  wants: 'chunked is the last coding.',
  remedy: 'Send "chunked" alone.',
})

const repeated = rule({
  id: 'http/transfer-encoding-repeated',
  level: 'error',
  reference: rfc(9112, '6.1'),
  says: (e: { value: string }) => `Transfer-Encoding is "${e.value}": chunked is applied twice, or said to be.`,
  wants: 'chunked is applied once.',
  remedy: 'Drop the field in the application behind a proxy that copies it; the proxy frames anew.',
})

const misplaced = rule({
  id: 'http/transfer-encoding-misplaced',
  level: 'error',
  reference: rfc(9112, '6.1'),
  says: (e: { why: string }) => `Transfer-Encoding is there, ${e.why}.`,
  wants: 'Transfer-Encoding is neither in a 1xx or 204 response, nor in answer to HTTP/1.0.',
  remedy: 'Drop the field there.',
})

const unwanted = rule({
  id: 'http/transfer-encoding-unwanted',
  level: 'warning',
  reference: rfc(9110, '10.1.4'),
  says: (e: { coding: string }) => `Transfer-Encoding applies ${e.coding}, which the request did not ask for in TE.`,
  wants: 'Only chunked is applied unasked.',
  remedy: 'Use Content-Encoding to compress.',
  aka: { redbot: 'TRANSFER_CODING_UNWANTED' },
})

const codings = new Set(['chunked', 'gzip', 'x-gzip', 'deflate', 'compress', 'x-compress'])

const parametrised = rule({
  id: 'http/transfer-encoding-parametrised',
  level: 'warning',
  reference: rfc(9112, '7'),
  says: (e: { value: string }) => `Transfer-Encoding is "${e.value}", with parameters that mean nothing.`,
  wants: 'Transfer codings have no parameters.',
  remedy: 'Drop the parameters.',
  aka: { redbot: 'TRANSFER_CODING_PARAM' },
})

const unwantedStrange = rule({
  id: 'http/transfer-encoding-unwanted-strange',
  level: 'warning',
  reference: rfc(9110, '10.1.4'),
  says: (e: { coding: string }) => `Transfer-Encoding applies "${e.coding}", which the request did not ask for.`,
  wants: 'Only codings that TE names are applied, and chunked.',
  remedy: 'Apply chunked alone.',
  aka: { redbot: 'TRANSFER_CODING_UNWANTED' },
})

/** Transfer-Encoding: `#transfer-coding` (RFC 9112 section 6.1). */
export const transferEncoding = check({
  id: 'http/transfer-encoding',
  rules: [unknown, identity, early, repeated, misplaced, unwanted, parametrised, unwantedStrange],
  *run({ request, response, exchange }: Message) {
    const value = response.fields.get('transfer-encoding')
    const told = exchange.response?.problems.find(({ code }) => code === 'transfer-encoding-unknown')
    if (value === undefined) {
      if (told !== undefined) yield unknown.at(place, { coding: excerpt(told.excerpt) })
      return
    }
    const written = splitList(value.toLowerCase())
    const members = written.map((member) => splitList(member, ';')[0] ?? '')
    if (written.some((member) => member.includes(';') && member.includes('=')))
      yield parametrised.at(place, { value: excerpt(value) })
    const strange = members.find((member) => !isToken(member) || !(codings.has(member) || member === 'identity'))
    const chunked = members.filter((member) => member === 'chunked').length
    if (members.includes('identity')) yield identity.at(place)
    else if (strange !== undefined || members.length === 0)
      yield unknown.at(place, { coding: excerpt(strange ?? value) })
    else if (chunked === 1 && members.at(-1) !== 'chunked') yield early.at(place, { value: excerpt(value) })
    if (chunked > 1) yield repeated.at(place, { value: excerpt(value) })
    if (response.status < 200 || response.status === 204) {
      yield misplaced.at(place, { why: `in a ${response.status} response` })
    } else if (request.version === '1.0') yield misplaced.at(place, { why: 'in answer to an HTTP/1.0 request' })
    const asked = splitList(request.fields.get('te')?.toLowerCase() ?? '').map((member) => splitList(member, ';')[0])
    const coding = members.find((member) => member !== 'chunked' && codings.has(member) && !asked.includes(member))
    if (coding !== undefined) yield unwanted.at(place, { coding })
    else {
      const other = members.find((member) => !codings.has(member) && member !== 'identity' && !asked.includes(member))
      if (other !== undefined) yield unwantedStrange.at(place, { coding: excerpt(other) })
    }
  },
  examples: [
    {
      title: 'chunked',
      given: given({ fields: [['Transfer-Encoding', 'Chunked']], response: { framing: 'chunked' } }),
      yields: [],
    },
    {
      title: 'gzip that was asked for',
      given: given({ requestFields: [['TE', 'gzip;q=0.5']], fields: [['Transfer-Encoding', 'gzip, chunked']] }),
      yields: [],
    },
    {
      title: 'a spelling mistake',
      given: given({ fields: [['Transfer-Encoding', 'xchunked']] }),
      yields: [unknown, unwantedStrange],
    },
    { title: 'a parameter', given: given({ fields: [['Transfer-Encoding', 'chunked;a=b']] }), yields: [parametrised] },
    { title: 'identity', given: given({ fields: [['Transfer-Encoding', 'identity']] }), yields: [identity] },
    {
      title: 'chunked on two lines',
      given: given({
        fields: [
          ['Transfer-Encoding', 'chunked'],
          ['Transfer-Encoding', 'chunked'],
        ],
      }),
      yields: [repeated],
    },
    {
      title: 'chunked before gzip',
      given: given({ requestFields: [['TE', 'gzip']], fields: [['Transfer-Encoding', 'chunked, gzip']] }),
      yields: [early],
    },
    {
      title: 'on a 204',
      given: given({ status: 204, fields: [['Transfer-Encoding', 'chunked']] }),
      yields: [misplaced],
    },
    { title: 'gzip unasked', given: given({ fields: [['Transfer-Encoding', 'gzip, chunked']] }), yields: [unwanted] },
    { title: 'a parameter', given: given({ fields: [['Transfer-Encoding', 'chunked;a=b']] }), yields: [parametrised] },
    {
      title: 'a coding of its own',
      given: given({ fields: [['Transfer-Encoding', 'own']] }),
      yields: [unknown, unwantedStrange],
    },
    { title: 'none', given: given(), yields: [] },
  ],
})
